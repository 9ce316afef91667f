internal import Notation

/// What a signature of version 4 says about where it is valid: `key/date/region/service/aws4_request`.
///
/// Read as bytes: every request has one, and characters cost twenty times as much.
struct CredentialScope: Sendable, Equatable {
    let accessKeyID: String
    let region: String
    let service: String

    /// - Parameter bytes: the value of the header, as in
    ///   `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
    init?(authorization bytes: Span<UInt8>) {
        guard bytes.has("AWS4-"),
            let start = CredentialScope.credentialStart(in: bytes)
        else { return nil }
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: ","), bytes[end] != UInt8(ascii: " ") {
            end += 1
        }
        self.init(bytes.extracting(start..<end))
    }

    /// - Parameter credential: the parameter alone, as the query string has it in
    ///   `X-Amz-Credential`.
    init?(credential: String) {
        self.init(credential.utf8.span)
    }

    private init?(_ credential: Span<UInt8>) {
        // From the end, because nothing says that a key holds no slash.
        guard let slashes = credential.lastFourPlaces(of: UInt8(ascii: "/")) else { return nil }
        let key = credential.extracting(0..<slashes[0])
        let service = credential.extracting(slashes[2] + 1..<slashes[3])
        let kind = credential.extracting(slashes[3] + 1..<credential.count)
        guard kind.isText("aws4_request"), !service.isEmpty, !key.isEmpty else { return nil }
        region = credential.extracting(slashes[1] + 1..<slashes[2]).text
        guard Region.isName(region) else { return nil }
        accessKeyID = key.text
        self.service = service.text
    }

    /// Where the value of `Credential=` begins.
    private static func credentialStart(in bytes: Span<UInt8>) -> Int? {
        for start in bytes.indices where bytes[start] == UInt8(ascii: "C") {
            if bytes.has("Credential=", at: start) { return start + 11 }
        }
        return nil
    }
}
