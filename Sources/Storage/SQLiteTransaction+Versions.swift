internal import AWS
internal import Cryptography

extension SQLiteTransaction {
    // MARK: Reading

    func stagingLabels(of secret: Secret) throws(APIError) -> StagingLabels {
        try translatingErrors {
            let rows = try statement(.stagingLabels)
            try rows.bind(1, secret.id)
            var versionIDs: [String: String] = [:]
            while try rows.step() {
                versionIDs[rows.text(0)] = rows.text(1)
            }
            return StagingLabels(versionIDs)
        }
    }

    func versions(of secret: Secret) throws(APIError) -> [SecretVersion] {
        let labels = try stagingLabels(of: secret)
        return try translatingErrors {
            let rows = try statement(.versions)
            try rows.bind(1, secret.id)
            var versions: [SecretVersion] = []
            while try rows.step() {
                let id = rows.text(0)
                versions.append(
                    SecretVersion(
                        id: id,
                        createdAt: Timestamp(milliseconds: rows.integer(1)),
                        lastAccessedAt: Timestamp(unlessZero: rows.integer(2)),
                        kmsKeyID: rows.text(3),
                        stagingLabels: labels.labels(of: id),
                        hasValue: rows.integer(4) != 0
                    )
                )
            }
            return versions
        }
    }

    func open(
        _ selector: VersionSelector,
        of secret: Secret
    ) throws(APIError) -> OpenedVersion? {
        try translatingErrors {
            guard let sealed = try sealedVersion(selector, of: secret) else { return nil }
            return OpenedVersion(
                version: sealed.version,
                value: try sealed.envelope.map { envelope in
                    try check(sealed.keyState, of: envelope)
                    return try open(envelope, sealed.version.id, of: secret)
                }
            )
        }
    }

    /// Refuses what is under a KMS key that may not be used.
    private func check(_ state: KeyState?, of envelope: Envelope) throws(APIError) {
        guard let state, state != .enabled else { return }
        if state == .deleted { keyring.forget(id: envelope.keyEncryptionKeyID) }
        throw .decryptionFailure(cause: "the KMS key is \(state.rawValue)")
    }

    private func open(
        _ envelope: Envelope,
        _ versionID: String,
        of secret: Secret
    ) throws -> SecretValue {
        do {
            return try envelope.open(
                secretARN: secret.arn.text,
                versionID: versionID,
                under: try keyring.key(id: envelope.keyEncryptionKeyID, connection)
            )
        } catch let error as CryptographyError {
            throw APIError.decryptionFailure(error, versionID, of: secret)
        }
    }

    private func sealedVersion(
        _ selector: VersionSelector,
        of secret: Secret
    ) throws -> SealedVersion? {
        if let sealed = cache?.version(selector, ofSecret: secret.id) { return sealed }
        let sealed =
            switch selector {
            case .id(let id): try selectVersion(.versionByID, id, of: secret)
            case .stagingLabel(let label): try selectVersion(.versionByLabel, label, of: secret)
            }
        if let sealed { cache?.insert(sealed, selector, ofSecret: secret.id) }
        return sealed
    }

    private func selectVersion(
        _ query: Query,
        _ selector: String,
        of secret: Secret
    ) throws -> SealedVersion? {
        let row = try statement(query)
        try row.bind(1, secret.id)
        try row.bind(2, selector)
        guard try row.step() else { return nil }
        let id = row.text(0)
        let createdAt = Timestamp(milliseconds: row.integer(1))
        let lastAccessedAt = Timestamp(unlessZero: row.integer(2))
        let kmsKeyID = row.text(3)
        let envelope = row.isNull(7) ? nil : try envelope(in: row, versionID: id, of: secret)
        let keyState = row.optionalText(9).flatMap(KeyState.init(rawValue:))
        var labels: [String] = []
        if !row.isNull(8) {
            labels.append(row.text(8))
            while try row.step() { labels.append(row.text(8)) }
        }
        return SealedVersion(
            version: SecretVersion(
                id: id,
                createdAt: createdAt,
                lastAccessedAt: lastAccessedAt,
                kmsKeyID: kmsKeyID,
                stagingLabels: labels,
                hasValue: envelope != nil
            ),
            envelope: envelope,
            keyState: keyState
        )
    }

    private func envelope(
        in row: borrowing Statement,
        versionID: String,
        of secret: Secret
    ) throws(APIError) -> Envelope {
        guard let kind = SecretValue.Kind(rawValue: row.integer(6)) else {
            throw .decryptionFailure(.authenticationFailed, versionID, of: secret)
        }
        return Envelope(
            keyEncryptionKeyID: row.integer(4),
            wrappedDataKey: row.blob(5),
            kind: kind,
            sealedValue: row.blob(7)
        )
    }

    // MARK: Writing

    func setStagingLabels(_ labels: StagingLabels, of secret: Secret) throws(APIError) {
        try translatingErrors {
            try run(.deleteStagingLabels, secret.id)
            for (label, versionID) in labels.versionIDs {
                let insertion = try statement(.insertStagingLabel)
                try insertion.bind(1, secret.id)
                try insertion.bind(2, label)
                try insertion.bind(3, versionID)
                try insertion.run()
            }
        }
    }

    func insertVersion(
        _ id: String,
        of secret: Secret,
        value: SecretValue?,
        at now: Timestamp
    ) throws(APIError) {
        try translatingErrors {
            let (envelope, kmsKeyID) = try seal(value, versionID: id, of: secret)
            let insertion = try statement(.insertVersion)
            try insertion.bind(1, secret.id)
            try insertion.bind(2, id)
            try insertion.bind(3, now.milliseconds)
            try insertion.bind(4, kmsKeyID)
            try bind(envelope, from: 5, in: insertion)
            try insertion.run()
        }
    }

    func deleteVersion(_ id: String, of secret: Secret) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(.deleteVersion)
            try deletion.bind(1, secret.id)
            try deletion.bind(2, id)
            try deletion.run()
        }
    }

    func reencryptVersions(_ ids: [String], of secret: Secret) throws(APIError) {
        try translatingErrors {
            for id in ids {
                guard let opened = try open(.id(id), of: secret) else { continue }
                try store(opened.value, inVersion: id, of: secret)
            }
        }
    }

    func setValue(
        _ value: SecretValue,
        ofVersion id: String,
        of secret: Secret
    ) throws(APIError) {
        try translatingErrors { try store(value, inVersion: id, of: secret) }
    }

    /// Seals the value of a version that is there, under the secret's present KmsKeyId.
    private func store(
        _ value: SecretValue?,
        inVersion id: String,
        of secret: Secret
    ) throws {
        let (envelope, kmsKeyID) = try seal(value, versionID: id, of: secret)
        let update = try statement(.sealVersion)
        try update.bind(1, secret.id)
        try update.bind(2, id)
        try update.bind(3, kmsKeyID)
        try bind(envelope, from: 4, in: update)
        try update.run()
    }

    func recordAccess(_ access: VersionAccess, on day: Timestamp) throws(APIError) {
        try translatingErrors {
            let version = try statement(.noteVersionAccess)
            try version.bind(1, access.secretID)
            try version.bind(2, access.versionID)
            try version.bind(3, day.milliseconds)
            try version.run()
            let secret = try statement(.noteSecretAccess)
            try secret.bind(1, access.secretID)
            try secret.bind(2, day.milliseconds)
            try secret.run()
        }
    }

    /// Seals a value under the key that the secret's KmsKeyId stands for now; the placeholder of a
    /// rotation has none.
    ///
    /// - Returns: the envelope, and which key it is under as ListSecretVersionIds tells it.
    private func seal(
        _ value: SecretValue?,
        versionID: String,
        of secret: Secret
    ) throws -> (envelope: Envelope?, kmsKeyID: String) {
        guard let value else { return (nil, secret.kmsKeyID) }
        do {
            let (name, kmsKeyID) = try sealingKey(of: secret)
            let envelope = try Envelope(
                sealing: value,
                secretARN: secret.arn.text,
                versionID: versionID,
                under: try keyring.key(named: name, connection)
            )
            return (envelope, kmsKeyID)
        } catch let error as CryptographyError {
            throw APIError.encryptionFailure(
                cause: "\(error), for version \(versionID) of \(secret.arn.text)"
            )
        }
    }

    private func sealingKey(of secret: Secret) throws -> (KeyEncryptionKeyName, kmsKeyID: String) {
        let scope = secret.arn.scope
        switch try keyChoice(secret.kmsKeyID, in: scope) {
        case .managed: return (KeyEncryptionKeyName(scope, kmsKeyID: ""), secret.kmsKeyID)
        case .key(let key):
            guard key.state == .enabled else { throw APIError.encryptionFailure(under: key) }
            return (KeyEncryptionKeyName(key.arn), key.arn.text)
        case .unknown(let isRefused):
            // What was taken before a key was made goes on; an alias that is gone does not.
            let name = KeyEncryptionKeyName(scope, kmsKeyID: secret.kmsKeyID)
            guard try !isRefused || keyring.hasKey(named: name, connection) else {
                throw APIError.accessToKMSNotAllowed
            }
            return (name, secret.kmsKeyID)
        }
    }

    /// Binds the four columns of an envelope; nothing for a placeholder.
    private func bind(
        _ envelope: Envelope?,
        from index: Int32,
        in statement: borrowing Statement
    ) throws(SQLiteError) {
        guard let envelope else { return }
        try statement.bind(index, envelope.keyEncryptionKeyID)
        try statement.bind(index + 1, blob: envelope.wrappedDataKey)
        try statement.bind(index + 2, envelope.kind.rawValue)
        try statement.bind(index + 3, blob: envelope.sealedValue)
    }
}

extension APIError {
    fileprivate static func decryptionFailure(
        _ error: CryptographyError,
        _ versionID: String,
        of secret: Secret
    ) -> APIError {
        .decryptionFailure(cause: "\(error), for version \(versionID) of \(secret.arn.text)")
    }
}
