internal import Notation

/// The bounds that several operations of IAM share.
extension Constraints {
    mutating func principalName(_ name: String?, _ kind: IAMPrincipal.Kind) {
        let path = kind == .user ? "userName" : "roleName"
        require(name, at: path)
        length(of: name, 1...(kind == .user ? 128 : 64), at: path)
        entityName(name, at: path)
    }

    /// A name that a user shall have: AWS takes longer ones in requests than it gives.
    mutating func newUserName(_ name: String?, at path: String) {
        length(of: name, 1...64, at: path)
        entityName(name, at: path)
    }

    mutating func policyName(ofIAM name: String?) {
        require(name, at: "policyName")
        length(of: name, 1...128, at: "policyName")
        entityName(name, at: "policyName")
    }

    private mutating func entityName(_ name: String?, at path: String) {
        pattern(name, "[\\w+=,.@-]+", at: path) { name in
            name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "_+=,.@-".utf8.contains($0) }
        }
    }

    mutating func policyARN(_ arn: String?, at path: String = "policyArn") {
        require(arn, at: path)
        length(of: arn, 20...2_048, at: path)
    }

    mutating func policyDocument(_ document: String?, at path: String = "policyDocument") {
        require(document, at: path)
        length(of: document, 1...131_072, at: path)
    }

    mutating func path(_ text: String?, at path: String = "path") {
        length(of: text, 1...512, at: path)
        pattern(text, "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", at: path) { path in
            path == "/"
                || path.utf8.count > 2 && path.hasPrefix("/") && path.hasSuffix("/")
                    && path.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        }
    }

    mutating func accountAlias(_ alias: String?) {
        require(alias, at: "accountAlias")
        length(of: alias, 3...63, at: "accountAlias")
        pattern(alias, "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", at: "accountAlias") { alias in
            let bytes = alias.utf8
            return bytes.count >= 3 && bytes.first != 45 && bytes.last != 45
                && !alias.contains("--")
                && bytes.allSatisfy { ASCII.isLowercase($0) || ASCII.isDigit($0) || $0 == 45 }
        }
    }

    mutating func iamDescription(_ text: String?) {
        length(of: text, 0...1_000, at: "description")
    }

    mutating func versionID(ofPolicy id: String?) {
        require(id, at: "versionId")
        pattern(id, "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?", at: "versionId") { id in
            ManagedPolicyVersion.number(of: id) != nil
        }
    }

    mutating func accessKeyID(_ id: String?) {
        require(id, at: "accessKeyId")
        length(of: id, 16...128, at: "accessKeyId")
        pattern(id, "[\\w]+", at: "accessKeyId") { id in
            id.utf8.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        }
    }
}

extension ManagedPolicyVersion {
    /// 3 for `v3`; nil for what is no version.
    static func number(of id: String) -> Int64? {
        guard id.hasPrefix("v"), let number = Int64(id.dropFirst()), number > 0 else { return nil }
        return number
    }

    /// As in `v3`.
    var id: String { "v\(number)" }
}
