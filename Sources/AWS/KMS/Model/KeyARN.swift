/// The Amazon Resource Name of a KMS key: `arn:<partition>:kms:<region>:<account>:key/<key id>`.
package struct KeyARN: Sendable, Hashable {
    package let scope: Scope
    /// A UUID, or `mrk-` and 32 hexadecimal digits for a multi-Region key.
    package let keyID: String

    package init(scope: Scope, keyID: String) {
        self.scope = scope
        self.keyID = keyID
    }

    /// The whole ARN.
    package var text: String { KeyARN.text(in: scope, resource: "key/\(keyID)") }

    /// The ARN of a key or an alias.
    static func text(in scope: Scope, resource: String) -> String {
        let partition = SecretARN.partition(ofRegion: scope.region)
        return "arn:\(partition):kms:\(scope.region):\(scope.account):\(resource)"
    }

    /// Whether a text has the form of a key id.
    static func isKeyID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if text.hasPrefix("mrk-") { return bytes.count == 36 && bytes[4...].allSatisfy(isDigit) }
        guard bytes.count == 36 else { return false }
        return bytes.indices.allSatisfy { index in
            [8, 13, 18, 23].contains(index)
                ? bytes[index] == UInt8(ascii: "-") : isDigit(bytes[index])
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
