internal import Cryptography
internal import HTTPServer

/// A signature of version 4, in a header or in a query string, and what it says about itself.
///
/// [Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html)
struct SignatureV4: Sendable, Equatable {
    let accessKeyID: String
    /// Eight digits.
    let date: String
    let region: String
    let service: String
    /// As in `20260115T100000Z`.
    let time: String
    /// In lower case, in the order in which they were signed.
    let signedHeaders: [String]
    /// 64 lower-case hexadecimal digits, if it is any signature at all.
    let signature: String
    let isPresigned: Bool

    static let algorithm = "AWS4-HMAC-SHA256"

    private var scope: String { "\(date)/\(region)/\(service)/aws4_request" }

    /// Whether whoever has the secret access key signed this very request.
    func isValid(
        for request: HTTPRequest,
        secretAccessKey: String
    ) throws(CryptographyError) -> Bool {
        let expected = try sign(request, secretAccessKey: secretAccessKey)
        return ConstantTime.equal(Array(expected.utf8), Array(signature.utf8))
    }

    /// The signature that the request should have.
    func sign(
        _ request: HTTPRequest,
        secretAccessKey: String
    ) throws(CryptographyError) -> String {
        let canonical = CanonicalRequest(
            request,
            signedHeaders: signedHeaders,
            isPresigned: isPresigned
        )
        let hash = SHA256.hexadecimal(Array(canonical.text.utf8))
        let text = [SignatureV4.algorithm, time, scope, hash].joined(separator: "\n")
        var key = Array("AWS4\(secretAccessKey)".utf8)
        for part in [date, region, service, "aws4_request"] {
            key = try HMACSHA256.authenticate(Array(part.utf8), key: key)
        }
        return Hexadecimal.string(try HMACSHA256.authenticate(Array(text.utf8), key: key))
    }
}
