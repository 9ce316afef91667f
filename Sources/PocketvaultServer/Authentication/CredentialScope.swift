/// What a signature of version 4 says about where it is valid: `key/date/region/service/aws4_request`.
struct CredentialScope: Sendable, Equatable {
    let accessKeyID: String
    let region: String
    let service: String

    /// - Parameter authorization: the value of the header, as in
    ///   `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
    init?(authorization: String) {
        let bytes = authorization.utf8
        guard authorization.hasPrefix("AWS4-"),
            let start = CredentialScope.endOfCredentialName(in: bytes)
        else { return nil }
        let credential = bytes[start...]
        let end = credential.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }
        self.init(credential: Substring(credential[..<(end ?? bytes.endIndex)]))
    }

    /// - Parameter credential: the parameter alone, as the query string has it in
    ///   `X-Amz-Credential`.
    init?(credential: some StringProtocol) {
        // From the end, because nothing says that a key holds no slash.
        let parts = credential.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 5, parts[parts.count - 1] == "aws4_request" else { return nil }
        let region = parts[parts.count - 3]
        let service = parts[parts.count - 2]
        let accessKeyID = parts[..<(parts.count - 4)].joined(separator: "/")
        guard !accessKeyID.isEmpty, !service.isEmpty, RegionName.isValid(region) else {
            return nil
        }
        self.accessKeyID = accessKeyID
        self.region = String(region)
        self.service = String(service)
    }

    /// Where the value of `Credential=` begins.
    private static func endOfCredentialName(in bytes: String.UTF8View) -> String.Index? {
        let name = "Credential=".utf8
        var rest = bytes[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "C")) {
            rest = rest[start...]
            if rest.starts(with: name) { return rest.index(start, offsetBy: name.count) }
            rest = rest.dropFirst()
        }
        return nil
    }
}
