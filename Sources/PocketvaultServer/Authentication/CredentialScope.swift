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
        let slash = UInt8(ascii: "/")
        guard let kind = credential.last(slash, before: credential.count),
            let service = credential.last(slash, before: kind),
            let region = credential.last(slash, before: service),
            let date = credential.last(slash, before: region)
        else { return nil }
        guard credential.extracting(kind + 1..<credential.count).isText("aws4_request"),
            service + 1 < kind, date > 0
        else { return nil }
        self.region = credential.extracting(region + 1..<service).text
        guard Region.isName(self.region) else { return nil }
        accessKeyID = credential.extracting(0..<date).text
        self.service = credential.extracting(service + 1..<kind).text
    }

    /// Where the value of `Credential=` begins.
    private static func credentialStart(in bytes: Span<UInt8>) -> Int? {
        for start in bytes.indices where bytes[start] == UInt8(ascii: "C") {
            if bytes.has("Credential=", at: start) { return start + 11 }
        }
        return nil
    }
}
