package import Notation

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
        ARN(KMS.signingName, in: scope, resource).text
    }

    /// The ARN of a key by its key id; nil for what is none.
    static func text(ofKeyID keyID: String, in scope: Scope) -> String? {
        isKeyID(keyID) ? KeyARN(scope: scope, keyID: keyID).text : nil
    }

    /// Whether a text has the form of a key id.
    package static func isKeyID(_ text: String) -> Bool {
        guard text.hasPrefix("mrk-") else { return UUIDText.isValid(text) }
        return text.utf8.count == 36
            && text.utf8.dropFirst(4).allSatisfy { ASCII.hexadecimalValue($0) != nil }
    }
}
