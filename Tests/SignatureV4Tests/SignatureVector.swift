import Testing

@testable import SignatureV4

/// A row of AWS's published test suite: a request, and the signature that it has.
struct SignatureVector: Sendable, CustomTestStringConvertible {
    let name: String
    var method = "GET"
    var path = "/"
    var query: String?
    var headers: [(name: String, value: String)] = []
    var signed = "host;x-amz-date"
    var body = ""
    let signature: String

    static let secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    var testDescription: String { name }

    var request: PlainRequest {
        let fixed = [
            (name: "Host", value: "example.amazonaws.com"),
            (name: "X-Amz-Date", value: "20150830T123600Z"),
        ]
        return PlainRequest(
            method: method,
            path: path,
            query: query,
            headers: fixed + headers,
            body: Array(body.utf8)
        )
    }

    func claim() throws -> Signature {
        let credential = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request"
        return Signature(
            credential: try #require(CredentialParts(credential)),
            time: "20150830T123600Z",
            signedHeaders: signed.split(separator: ";").map(String.init),
            signature: signature,
            sessionToken: nil,
            lifetimeSeconds: nil
        )
    }
}

/// A request as it is written down.
struct PlainRequest: SignableRequest {
    var method = "GET"
    var path = "/"
    var query: String?
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    func forEachValue(of name: String, _ take: (Span<UInt8>) -> Void) {
        for header in headers where header.name.lowercased() == name.lowercased() {
            take(header.value.utf8.span)
        }
    }
}
