internal import AWS
internal import Cryptography
internal import Notation

/// Secret access keys and session tokens, sealed under a key-encryption key of their own.
extension SQLiteTransaction {
    /// No account is without digits, so no secret's key has this name.
    private static let keyName = KeyEncryptionKeyName(
        Scope(account: "", region: ""),
        kmsKeyID: "credentials"
    )

    /// The secret of an access key; nil when nothing was sealed yet that it could be.
    func open(_ sealed: [UInt8], ofAccessKey id: String) throws -> String? {
        guard let key = try keyring.existingKey(named: Self.keyName, connection) else {
            return nil
        }
        let secret = try AESGCM.open(
            sealed.span,
            key: key.material,
            additionalData: EncryptionContext.accessKey(id).bytes
        )
        return String(decoding: secret, as: UTF8.self)
    }

    func seal(_ secretAccessKey: String, ofAccessKey id: String) throws -> [UInt8] {
        let key = try keyring.key(named: Self.keyName, connection)
        return try AESGCM.seal(
            Array(secretAccessKey.utf8),
            key: key.material,
            additionalData: EncryptionContext.accessKey(id).bytes
        )
    }

    func makeSecretAccessKey() throws(APIError) -> String {
        try translatingErrors {
            // 30 bytes are 40 characters of base64, without padding.
            let bytes = try SecureRandom.bytes(30)
            return Base64.text(bytes)
        }
    }

    func openSession(_ token: [UInt8]) throws(APIError) -> [UInt8]? {
        try translatingErrors {
            guard let key = try keyring.existingKey(named: Self.keyName, connection) else {
                return nil
            }
            // Whatever does not open is no token of ours.
            return try? AESGCM.open(
                token.span,
                key: key.material,
                additionalData: EncryptionContext.session.bytes
            )
        }
    }

    func sealSession(_ session: [UInt8]) throws(APIError) -> [UInt8] {
        try translatingErrors {
            let key = try keyring.key(named: Self.keyName, connection)
            return try AESGCM.seal(
                session,
                key: key.material,
                additionalData: EncryptionContext.session.bytes
            )
        }
    }
}
