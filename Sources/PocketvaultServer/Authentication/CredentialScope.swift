/// What a signature of version 4 says about where it is valid: `key/date/region/service/aws4_request`.
///
/// Read as bytes: every request has one, and characters cost twenty times as much.
struct CredentialScope: Sendable, Equatable {
    let accessKeyID: String
    let region: String
    let service: String

    /// - Parameter authorization: the value of the header, as in
    ///   `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
    init?(authorization: String) {
        let bytes = Array(authorization.utf8)
        guard bytes.starts(with: "AWS4-".utf8),
            let start = CredentialScope.credentialStart(in: bytes)
        else { return nil }
        let end = bytes[start...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }
        self.init(bytes[start..<(end ?? bytes.endIndex)])
    }

    /// - Parameter credential: the parameter alone, as the query string has it in
    ///   `X-Amz-Credential`.
    init?(credential: String) {
        self.init(Array(credential.utf8)[...])
    }

    private init?(_ credential: ArraySlice<UInt8>) {
        // From the end, because nothing says that a key holds no slash.
        var key = credential
        var parts: [ArraySlice<UInt8>] = []
        while parts.count < 4 {
            guard let slash = key.lastIndex(of: UInt8(ascii: "/")) else { return nil }
            parts.append(key[(slash + 1)...])
            key = key[..<slash]
        }
        let region = String(decoding: parts[2], as: UTF8.self)
        guard parts[0].elementsEqual("aws4_request".utf8), !parts[1].isEmpty, !key.isEmpty,
            RegionName.isValid(region)
        else { return nil }
        accessKeyID = String(decoding: key, as: UTF8.self)
        self.region = region
        service = String(decoding: parts[1], as: UTF8.self)
    }

    /// Where the value of `Credential=` begins.
    private static func credentialStart(in bytes: [UInt8]) -> Int? {
        let name = "Credential=".utf8
        for start in bytes.indices where bytes[start] == UInt8(ascii: "C") {
            if bytes[start...].starts(with: name) { return start + name.count }
        }
        return nil
    }
}
