/// A KMS key that a version is under.
package struct VersionKey: Sendable, Hashable {
    /// The ARN of a key that CreateKey made, or the KmsKeyId that was taken as it is; empty, or its
    /// alias, for the AWS managed key.
    package let kmsKeyID: String
    /// Nil for a key that CreateKey did not make.
    package let state: KeyState?

    package init(kmsKeyID: String, state: KeyState? = nil) {
        self.kmsKeyID = kmsKeyID
        self.state = state
    }

    var isDefault: Bool { Secret.isDefaultKey(kmsKeyID) }

    /// Whether nothing about the key itself stands in the way.
    var isUsable: Bool { state == nil || state == .enabled }

    /// As ListSecretVersionIds tells it.
    var listedAs: String { isDefault ? "DefaultEncryptionKey" : kmsKeyID }
}

extension SecretVersion {
    /// Whether a key opens it, by the KmsKeyId that such a version is listed with.
    func isUnder(_ kmsKeyID: String) -> Bool {
        let other = VersionKey(kmsKeyID: kmsKeyID)
        return keys.contains { $0.listedAs == other.listedAs }
    }
}
