internal import AWS
internal import Cryptography

/// The content of a version as it is stored.
struct SealedContent {
    /// Nil for the placeholder of a rotation.
    let envelope: Envelope?
    /// Which key it is under, as ListSecretVersionIds tells it.
    let kmsKeyID: String
}

/// Opens and seals values. Which KMS key may do that is for the domain to say: `OpeningKey` and
/// `SealingKey`.
extension SQLiteTransaction {
    func open(
        _ selector: VersionSelector,
        of secret: Secret,
        by choose: (SecretVersion) throws(APIError) -> Int
    ) throws(APIError) -> OpenedVersion? {
        try translatingErrors {
            guard let sealed = try sealedVersion(selector, of: secret) else { return nil }
            return OpenedVersion(
                version: sealed.version,
                value: try sealed.envelope.map { envelope in
                    forgetDestroyedKeys(of: sealed.version, envelope)
                    let number = try choose(sealed.version)
                    return try open(sealed, envelope, number, of: secret)
                }
            )
        }
    }

    private func forgetDestroyedKeys(of version: SecretVersion, _ envelope: Envelope) {
        for (number, key) in version.keys.enumerated() where key.state == .deleted {
            keyring.forget(id: envelope.dataKey(number).keyEncryptionKeyID)
        }
    }

    /// Opens a value by the key of that number.
    private func open(
        _ sealed: SealedVersion,
        _ envelope: Envelope,
        _ number: Int,
        of secret: Secret
    ) throws -> SecretValue {
        let context = envelope.context(secret.arn.text, sealed.version.id)
        do {
            let dataKey: KeyMaterial
            if let kept = sealed.dataKey {
                dataKey = kept
            } else {
                let wrapped = envelope.dataKey(number)
                let key = try keyring.key(id: wrapped.keyEncryptionKeyID, connection)
                dataKey = try wrapped.open(under: key, context)
                sealed.dataKey = dataKey
            }
            return try envelope.open(with: dataKey, context)
        } catch let error as CryptographyError {
            throw APIError.decryptionFailure(error, sealed.version.id, of: secret)
        }
    }

    /// Has another key wrap the data key of a version.
    func wrap(
        _ envelope: Envelope,
        again key: KeyEncryptionKey,
        _ versionID: String,
        of secret: Secret,
        openedBy number: Int
    ) throws -> WrappedDataKey {
        let wrapped = envelope.dataKey(number)
        let context = envelope.context(secret.arn.text, versionID)
        do {
            let present = try keyring.key(id: wrapped.keyEncryptionKeyID, connection)
            return try WrappedDataKey(wrapped.open(under: present, context), under: key, context)
        } catch let error as CryptographyError {
            throw APIError.decryptionFailure(error, versionID, of: secret)
        }
    }

    /// Seals a value under the key that it comes with.
    func seal(
        _ content: VersionContent,
        versionID: String,
        of secret: Secret
    ) throws -> SealedContent {
        switch content {
        case .placeholder(let kmsKeyID):
            return SealedContent(envelope: nil, kmsKeyID: kmsKeyID)
        case .value(let value, let key):
            do {
                let envelope = try Envelope(
                    sealing: value,
                    secretARN: secret.arn.text,
                    versionID: versionID,
                    under: try keyring.key(named: KeyEncryptionKeyName(key), connection)
                )
                return SealedContent(envelope: envelope, kmsKeyID: key.kmsKeyID)
            } catch let error as CryptographyError {
                throw APIError.encryptionFailure(
                    cause: "\(error), for version \(versionID) of \(secret.arn.text)"
                )
            }
        }
    }

    func hasSealed(under key: SealingKey) throws(APIError) -> Bool {
        try translatingErrors {
            try keyring.hasKey(named: KeyEncryptionKeyName(key), connection)
        }
    }
}

extension APIError {
    static func decryptionFailure(
        _ error: CryptographyError,
        _ versionID: String,
        of secret: Secret
    ) -> APIError {
        .decryptionFailure(cause: "\(error), for version \(versionID) of \(secret.arn.text)")
    }
}
