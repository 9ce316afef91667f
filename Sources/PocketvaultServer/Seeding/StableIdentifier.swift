internal import AWS
internal import Cryptography
internal import Notation

/// Identifiers that follow from where a secret is, so that they never change between runs.
enum StableIdentifier {
    /// Six characters for the ARN.
    static func suffix(_ name: String, _ scope: Scope) -> String {
        var number = word(of: hash("suffix", name, scope))
        let alphabet = SecretARN.suffixAlphabet
        var suffix = ""
        for _ in 0..<6 {
            let (quotient, index) = number.quotientAndRemainder(
                dividingBy: UInt64(alphabet.count)
            )
            suffix.append(alphabet[Int(index)])
            number = quotient
        }
        return suffix
    }

    /// The id of the version at an index.
    static func version(_ index: Int, _ name: String, _ scope: Scope) -> String {
        let hash = hash("version \(index)", name, scope)
        // Version 8 is for UUIDs of one's own making.
        return UUIDText.make(from: (word(of: hash), word(of: hash.dropFirst(8))), version: 8)
    }

    /// The id of a key, by its first alias.
    static func key(_ alias: String, _ scope: Scope) -> String {
        let hash = hash("key", alias, scope)
        return UUIDText.make(from: (word(of: hash), word(of: hash.dropFirst(8))), version: 8)
    }

    /// The unique id of a user, a role or a managed policy.
    static func uniqueID(_ kind: UniqueID, _ name: String, _ account: String) -> String {
        let scope = Scope(account: account, region: "")
        let hash = hash(kind.rawValue, name.lowercased(), scope)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        return kind.rawValue + String(hash.prefix(17).map { alphabet[Int($0 % 32)] })
    }

    private static func hash(_ purpose: String, _ name: String, _ scope: Scope) -> [UInt8] {
        // Names hold no colon, so no two secrets have the same text.
        SHA256.hash(Array("\(purpose):\(scope.account):\(scope.region):\(name)".utf8))
    }

    private static func word(of bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
