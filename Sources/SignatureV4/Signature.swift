internal import Cryptography
internal import Notation

/// A signature of version 4, in a header or in a query string, and what it says about itself.
///
/// [Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html)
package struct Signature: Sendable, Equatable {
    /// Whose key it is, and where it is valid.
    package let credential: CredentialParts
    /// As in `20260115T100000Z`.
    package let time: String
    /// In the order in which they were signed.
    package let signedHeaders: [String]
    /// 64 lower-case hexadecimal digits, if it is any signature at all.
    package let signature: String
    /// The token of temporary credentials.
    package let sessionToken: String?
    /// How long it is good for; nil for one in a header.
    package let lifetimeSeconds: Int?

    /// A signature as a request shows it; an empty one is yet to be made.
    package init(
        credential: CredentialParts,
        time: String,
        signedHeaders: [String],
        signature: String,
        sessionToken: String?,
        lifetimeSeconds: Int?
    ) {
        self.credential = credential
        self.time = time
        self.signedHeaders = signedHeaders
        self.signature = signature
        self.sessionToken = sessionToken
        self.lifetimeSeconds = lifetimeSeconds
    }

    /// The one algorithm that there is.
    package static let algorithm = "AWS4-HMAC-SHA256"
    /// How far the clocks of a client and ours may be apart.
    package static let clockSkewSeconds = 300

    /// Whether it is in the query string.
    package var isPresigned: Bool { lifetimeSeconds != nil }

    /// Whether whoever has the secret access key signed this very request.
    package func isValid(
        for request: some SignableRequest,
        signingKey: [UInt8]
    ) -> Bool {
        let expected = sign(request, signingKey: signingKey)
        return ConstantTime.equal(Array(expected.utf8), Array(signature.utf8))
    }

    /// The signature that the request should have.
    package func sign(
        _ request: some SignableRequest,
        signingKey: [UInt8]
    ) -> String {
        let canonical = CanonicalRequest(
            request,
            signedHeaders: signedHeaders,
            isPresigned: isPresigned
        )
        var text: [UInt8] = []
        for line in [Signature.algorithm, time] { text.append(line: line) }
        for part in [credential.date, credential.region, credential.service] {
            text.append(text: part)
            text.append(UInt8(ascii: "/"))
        }
        text.append(line: "aws4_request")
        text.append(text: SHA256.hexadecimal(canonical.bytes))
        return Hexadecimal.string(HMACSHA256.authenticate(text, key: signingKey))
    }

    /// The key of a day, a region and a service, which is all that signing needs of the secret.
    package static func signingKey(
        of secretAccessKey: String,
        for credential: CredentialParts
    ) -> [UInt8] {
        var key = Array("AWS4\(secretAccessKey)".utf8)
        for part in [credential.date, credential.region, credential.service, "aws4_request"] {
            key = HMACSHA256.authenticate(Array(part.utf8), key: key)
        }
        return key
    }
}
