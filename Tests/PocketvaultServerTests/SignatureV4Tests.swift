import HTTPServer
import Testing

@testable import PocketvaultServer

@Suite("Signature version 4")
struct SignatureV4Tests {
    /// A row of AWS's published test suite.
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        var method = "GET"
        var path = "/"
        var query: String?
        var headers: [(name: String, value: String)] = []
        var signed = "host;x-amz-date"
        var body = ""
        let signature: String

        var testDescription: String { name }

        var request: HTTPRequest {
            let fixed = [
                (name: "Host", value: "example.amazonaws.com"),
                (name: "X-Amz-Date", value: "20150830T123600Z"),
            ]
            return HTTPRequest(
                method: method,
                path: path,
                query: query,
                headers: HTTPHeaders(fixed + headers),
                body: Array(body.utf8)
            )
        }

        var claim: SignatureV4 {
            SignatureV4(
                accessKeyID: "AKIDEXAMPLE",
                date: "20150830",
                region: "us-east-1",
                service: "service",
                time: "20150830T123600Z",
                signedHeaders: signed.split(separator: ";").map(String.init),
                signature: signature,
                isPresigned: false
            )
        }
    }

    static let secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    static let vectors = [
        Vector(
            name: "get-vanilla",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
        Vector(
            name: "post-vanilla",
            method: "POST",
            signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        ),
        Vector(
            name: "get-vanilla-query-order-key-case",
            query: "Param2=value2&Param1=value1",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        ),
        Vector(
            name: "post-x-www-form-urlencoded",
            method: "POST",
            headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
            signed: "content-type;host;x-amz-date",
            body: "Param1=value1",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        ),
    ]

    @Test("AWS's published vectors hold", arguments: vectors)
    func published(_ vector: Vector) throws {
        let signature = try vector.claim.sign(
            vector.request,
            secretAccessKey: Self.secretAccessKey
        )
        #expect(signature == vector.signature)
        #expect(
            try vector.claim.isValid(for: vector.request, secretAccessKey: Self.secretAccessKey)
        )
    }
}
