import HTTPServer
import Testing

@testable import PocketvaultServer

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

    func claim() throws -> SignatureV4 {
        SignatureV4(
            credential: try CredentialParts("AKIDEXAMPLE/20150830/us-east-1/service/aws4_request"),
            time: "20150830T123600Z",
            signedHeaders: signed.split(separator: ";").map(String.init),
            signature: signature,
            sessionToken: nil,
            lifetimeSeconds: nil
        )
    }
}
