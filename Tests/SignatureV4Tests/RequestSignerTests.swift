import Notation
import Testing

@testable import SignatureV4

@Suite("The signer of requests")
struct RequestSignerTests {
    private let vector = SignatureVector.secretAccessKey
    private let time = CalendarTime.moment(basicText: "20150830T123600Z")

    private func headers(_ key: SigningCredentials, _ request: PlainRequest) throws -> [String:
        String]
    {
        let signer = RequestSigner(key, region: "us-east-1", service: "service")
        let added = signer.headers(
            for: request,
            with: request.headers.map(\.name),
            at: try #require(time)
        )
        return Dictionary(uniqueKeysWithValues: added.map { ($0.name, $0.value) })
    }

    @Test func `What it adds is AWS's published signature of a plain GET`() throws {
        let request = PlainRequest(headers: [(name: "Host", value: "example.amazonaws.com")])
        let added = try headers(SigningCredentials(keyID: "AKIDEXAMPLE", secret: vector), request)
        #expect(added["X-Amz-Date"] == "20150830T123600Z")
        #expect(
            added["Authorization"]
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/"
                + "aws4_request, SignedHeaders=host;x-amz-date, Signature="
                + "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        )
        #expect(added["X-Amz-Security-Token"] == nil)
    }

    @Test func `The token of a session is sent and signed`() throws {
        let request = PlainRequest(headers: [(name: "Host", value: "example.amazonaws.com")])
        let key = SigningCredentials(keyID: "AKIDEXAMPLE", secret: vector, sessionToken: "token")
        let added = try headers(key, request)
        #expect(added["X-Amz-Security-Token"] == "token")
        #expect(
            added["Authorization"]?.contains("host;x-amz-date;x-amz-security-token") == true
        )
    }

    @Test func `A key prints as its id alone`() {
        let key = SigningCredentials(
            keyID: "AKIDEXAMPLE",
            secret: "hidden",
            sessionToken: "covered"
        )
        var text = "\(key) \(String(reflecting: key)) "
        dump(key, to: &text)
        #expect(text.contains("AKIDEXAMPLE"))
        #expect(!text.contains("hidden"))
        #expect(!text.contains("covered"))
    }
}
