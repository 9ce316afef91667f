internal import AWS
internal import Cryptography

/// Access keys and session tokens, sealed under a key-encryption key of their own.
extension SQLiteTransaction {
    /// No account is without digits, so no secret's key has this name.
    private static let keyName = KeyEncryptionKeyName(
        Scope(account: "", region: ""),
        kmsKeyID: "credentials"
    )

    // MARK: Reading

    func accessKeys(
        ofPrincipal id: Int64?,
        in account: String
    ) throws(APIError) -> [AccessKey] {
        try translatingErrors {
            let rows = try statement(.accessKeys)
            try rows.bind(1, id)
            try rows.bind(2, account)
            var keys: [AccessKey] = []
            while try rows.step() { keys.append(accessKey(in: rows)) }
            return keys
        }
    }

    func hasAccessKeys() throws(APIError) -> Bool {
        try translatingErrors {
            let row = try statement(.anyAccessKey)
            return try row.step()
        }
    }

    func credential(accessKeyID: String) throws(APIError) -> Credential? {
        try translatingErrors {
            guard let sealed = try sealedCredential(accessKeyID) else { return nil }
            let context = EncryptionContext.accessKey(accessKeyID)
            guard let key = try keyring.existingKey(named: Self.keyName, connection) else {
                return nil
            }
            let secret = try AESGCM.open(
                sealed.secret.span,
                key: key.material,
                additionalData: context.bytes
            )
            return Credential(
                key: sealed.key,
                owner: try sealed.key.principalID.flatMap { try taggedPrincipal(id: $0) },
                secretAccessKey: String(decoding: secret, as: UTF8.self)
            )
        }
    }

    private func sealedCredential(_ id: String) throws -> SealedCredential? {
        if let known = cache?.credential(id) { return known }
        let row = try statement(.accessKeyByID)
        try row.bind(1, id)
        let sealed =
            try row.step()
            ? SealedCredential(key: accessKey(in: row), secret: row.blob(5)) : nil
        cache?.insert(sealed, ofAccessKey: id)
        return sealed
    }

    private func accessKey(in row: borrowing Statement) -> AccessKey {
        AccessKey(
            id: row.text(0),
            account: row.text(1),
            principalID: row.optionalInteger(2),
            isActive: row.integer(3) != 0,
            createdAt: Timestamp(milliseconds: row.integer(4))
        )
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

    // MARK: Writing

    func insert(_ key: AccessKey, secretAccessKey: String) throws(APIError) {
        try translatingErrors {
            let sealing = try keyring.key(named: Self.keyName, connection)
            let secret = try AESGCM.seal(
                Array(secretAccessKey.utf8),
                key: sealing.material,
                additionalData: EncryptionContext.accessKey(key.id).bytes
            )
            let insertion = try statement(.insertAccessKey)
            try insertion.bind(1, key.id)
            try insertion.bind(2, key.account)
            try insertion.bind(3, key.principalID)
            try insertion.bind(4, key.isActive)
            try insertion.bind(5, key.createdAt.milliseconds)
            try insertion.bind(6, blob: secret)
            try insertion.run()
        }
    }

    func update(_ key: AccessKey) throws(APIError) {
        try translatingErrors {
            let update = try statement(.updateAccessKey)
            try update.bind(1, key.id)
            try update.bind(2, key.isActive)
            try update.run()
        }
    }

    func delete(_ key: AccessKey) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(.deleteAccessKey)
            try deletion.bind(1, key.id)
            try deletion.run()
        }
    }

    func makeSecretAccessKey() throws(APIError) -> String {
        try translatingErrors {
            // 30 bytes are 40 characters of base64, without padding.
            let bytes = try SecureRandom.bytes(30)
            return String(decoding: Base64.encode(bytes.span), as: UTF8.self)
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

/// An access key as it is stored.
struct SealedCredential {
    let key: AccessKey
    let secret: [UInt8]
}
