internal import Notation

/// What a key is used for.
enum KeyUse: String, Sendable, CaseIterable {
    case decrypt = "Decrypt"
    /// Lets a key open what another one sealed, too.
    case encrypt = "Encrypt"
    case generateDataKey = "GenerateDataKey"

    /// What is asked about a key that a request names, with a value or without.
    static let ofNamedKey = [generateDataKey, decrypt]
}

extension Permission {
    /// What KMS is asked for in the caller's name, to open or seal the value of a version.
    ///
    /// [Encryption context](https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html)
    static func useKey(
        of secret: SecretARN,
        forVersion versionID: String,
        to use: KeyUse
    ) -> Permission {
        var permission = Permission("kms:\(use.rawValue)", on: .nothing)
        permission.setCall(through: SecretsManager.signingName, in: secret.scope.region)
        permission.set("kms:EncryptionAlgorithm", KMSKey.spec)
        permission.set("kms:EncryptionContext:SecretARN", secret.text)
        permission.set("kms:EncryptionContext:SecretVersionId", versionID)
        permission.set("kms:EncryptionContextKeys", all: ["SecretARN", "SecretVersionId"])
        return permission
    }
}
