package import Notation

/// The KMS key under which a value of a secret is sealed.
package struct SealingKey: Sendable, Hashable {
    /// Whose key it is.
    package let scope: Scope
    /// The key's id, or a KmsKeyId that no key was made for; empty for the AWS managed key.
    package let keyID: String
    /// The key as ListSecretVersionIds tells it.
    package let kmsKeyID: String
    /// The material that the key has by now, after it was rotated; nil for the one that it was made
    /// with, and for what CreateKey did not make.
    package private(set) var rotatedMaterialID: String?

    /// The key that a secret's KmsKeyId stands for now, for a value of one of its versions; the trail is
    /// told what KMS was asked for.
    ///
    /// - Parameters:
    ///   - secret: the secret whose value is to be sealed.
    ///   - versionID: the version.
    ///   - use: how: for a new value, or for one that has a key already.
    ///   - now: the time: a key that was rotated has another material.
    ///   - requester: in whose name.
    ///   - vault: where the keys are.
    /// - Returns: a key that may be used.
    /// - Throws: EncryptionFailure for a key that is not there or not enabled, AccessDeniedException
    ///   and InvalidRequestException for one that is not the caller's to use.
    static func now(
        of secret: Secret,
        forVersion versionID: String,
        _ use: KeyUse = .generateDataKey,
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultReading
    ) throws(APIError) -> SealingKey {
        let key = KeyOfSecret(presentOf: secret, forVersion: versionID)
        try key.requireNotClosed(to: requester)
        let choice = try KeyChoice(secret.kmsKeyID, in: secret.arn.scope, vault)
        var sealing = SealingKey(choice, of: secret)
        let call = KeyCall(use, try key.named(in: vault))
        if let answer = try key.refusal(of: [use], by: requester, in: vault) {
            // What was taken before a key was made goes on; an alias that is gone does not.
            guard case .unknown = choice, try vault.hasSealed(under: sealing) else {
                throw .cannotEncrypt(requester.note(call, refusedWith: answer))
            }
        }
        if case .key(let key) = choice {
            let material = try vault.materials(of: key).current(at: now)
            sealing.rotatedMaterialID = material?.rotation == nil ? nil : material?.id
        }
        requester.note(call)
        return sealing
    }

    /// The same, whether it may be used or not.
    private init(_ choice: KeyChoice, of secret: Secret) {
        switch choice {
        case .managed:
            self.init(scope: secret.arn.scope, keyID: "", kmsKeyID: secret.kmsKeyID)
        case .key(let key):
            self.init(scope: key.arn.scope, keyID: key.arn.keyID, kmsKeyID: key.arn.text)
        case .unknown:
            self.init(
                scope: secret.arn.scope,
                keyID: secret.kmsKeyID,
                kmsKeyID: secret.kmsKeyID
            )
        }
    }

    private init(scope: Scope, keyID: String, kmsKeyID: String) {
        self.scope = scope
        self.keyID = keyID
        self.kmsKeyID = kmsKeyID
    }

    /// What a version that is made now will be under, as ListSecretVersionIds tells it.
    static func kmsKeyID(
        of secret: Secret,
        in vault: any VaultReading
    ) throws(APIError) -> String {
        SealingKey(try KeyChoice(secret.kmsKeyID, in: secret.arn.scope, vault), of: secret).kmsKeyID
    }
}
