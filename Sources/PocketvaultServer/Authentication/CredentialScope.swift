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
        guard let kind = CredentialScope.part(of: credential, endingAt: credential.count),
            let service = CredentialScope.part(of: credential, endingAt: kind.lowerBound - 1),
            let region = CredentialScope.part(of: credential, endingAt: service.lowerBound - 1),
            let date = CredentialScope.part(of: credential, endingAt: region.lowerBound - 1)
        else { return nil }
        let key = 0..<(date.lowerBound - 1)
        guard kind.count == "aws4_request".utf8.count,
            credential.has("aws4_request", at: kind.lowerBound),
            !service.isEmpty, !key.isEmpty
        else { return nil }
        self.region = credential.extracting(region).text
        guard Region.isName(self.region) else { return nil }
        accessKeyID = credential.extracting(key).text
        self.service = credential.extracting(service).text
    }

    /// The bytes between the last slash before `end` and `end`; nil when there is no slash.
    private static func part(of bytes: Span<UInt8>, endingAt end: Int) -> Range<Int>? {
        var start = end
        while start > 0 {
            if bytes[start - 1] == UInt8(ascii: "/") { return start..<end }
            start -= 1
        }
        return nil
    }

    /// Where the value of `Credential=` begins.
    private static func credentialStart(in bytes: Span<UInt8>) -> Int? {
        for start in bytes.indices where bytes[start] == UInt8(ascii: "C") {
            if bytes.has("Credential=", at: start) { return start + 11 }
        }
        return nil
    }
}
