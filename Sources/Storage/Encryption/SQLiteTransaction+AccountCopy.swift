internal import AWS
internal import Cryptography

/// Seals the values of an account's copy anew: what they are bound to has the account in it.
extension SQLiteTransaction {
    /// A version as its row has it.
    private struct CopiedVersion {
        let id: String
        let secretID: Int64
        let secretARN: String
        let createdAt: Int64
        let kmsKeyID: String
        /// Nil for the placeholder of a rotation.
        var envelope: Envelope?
    }

    /// One of its keys beside the first.
    private struct CopiedKey {
        let position: Int64
        let kmsKeyID: String
        let dataKey: WrappedDataKey
    }

    private struct Place: Hashable {
        let secretID: Int64
        let versionID: String
    }

    func copyVersions(_ copy: AccountCopy) throws {
        let further = try furtherKeys(ofAccount: copy.source)
        var keys: [Int64: KeyEncryptionKey?] = [:]
        for var version in try versions(ofAccount: copy.source) {
            let place = Place(secretID: version.secretID, versionID: version.id)
            var others = further[place] ?? []
            if let envelope = version.envelope {
                let (sealed, dataKeys) = try reseal(
                    envelope,
                    [envelope.dataKey] + others.map(\.dataKey),
                    of: version,
                    copy,
                    &keys
                )
                version.envelope = sealed
                others = zip(others, dataKeys.dropFirst()).map { other, dataKey in
                    CopiedKey(
                        position: other.position,
                        kmsKeyID: other.kmsKeyID,
                        dataKey: dataKey
                    )
                }
            }
            try insert(version, others, copy)
        }
    }

    /// - Returns: the value under a data key of its own, and that as each of the keys wraps it. What
    ///   none of them opens stays as it is, and closed.
    private func reseal(
        _ envelope: Envelope,
        _ wrapped: [WrappedDataKey],
        of version: CopiedVersion,
        _ copy: AccountCopy,
        _ keys: inout [Int64: KeyEncryptionKey?]
    ) throws -> (Envelope, [WrappedDataKey]) {
        guard let value = open(envelope, wrapped, version) else { return (envelope, wrapped) }
        let context = envelope.context(copy.readdressed(version.secretARN), version.id)
        let dataKey = try KeyMaterial.random()
        var dataKeys: [WrappedDataKey] = []
        for former in wrapped {
            let key = try key(for: former.keyEncryptionKeyID, copy, &keys)
            dataKeys.append(
                try key.map { try WrappedDataKey(dataKey, under: $0, context) } ?? former
            )
        }
        let sealed = Envelope(
            dataKey: dataKeys[0],
            kind: envelope.kind,
            sealedValue: try AESGCM.seal(
                value.bytes,
                key: dataKey,
                additionalData: context.asking(for: .value).bytes
            )
        )
        return (sealed, dataKeys)
    }

    private func open(
        _ envelope: Envelope,
        _ wrapped: [WrappedDataKey],
        _ version: CopiedVersion
    ) -> SecretValue? {
        let context = envelope.context(version.secretARN, version.id)
        for wrapped in wrapped {
            if let key = try? keyring.key(id: wrapped.keyEncryptionKeyID, connection),
                let dataKey = try? wrapped.open(under: key, context),
                let value = try? envelope.open(with: dataKey, context)
            {
                return value
            }
        }
        return nil
    }

    /// The key-encryption key of the copy that stands for one of its source; nil for one that was
    /// destroyed.
    private func key(
        for id: Int64,
        _ copy: AccountCopy,
        _ known: inout [Int64: KeyEncryptionKey?]
    ) throws -> KeyEncryptionKey? {
        if let key = known[id] { return key }
        let former = try connection.wrappedKey(id: id)
        let key = try former.flatMap { former in
            former.isDestroyed
                ? nil : try keyring.key(named: copy.readdressed(former.name), connection)
        }
        known[id] = .some(key)
        return key
    }

    // MARK: Rows

    private func versions(ofAccount account: String) throws -> [CopiedVersion] {
        let rows = try statement(VersionTable.ofAccount)
        try rows.bind(1, account)
        var versions: [CopiedVersion] = []
        while try rows.step() {
            let kind = rows.optionalInteger(.valueKind).flatMap(SecretValue.Kind.init)
            versions.append(
                CopiedVersion(
                    id: rows.text(.id),
                    secretID: rows.integer(.secretID),
                    secretARN: rows.text(.secretARN),
                    createdAt: rows.integer(.createdAt),
                    kmsKeyID: rows.text(.kmsKeyID),
                    envelope: kind.map { kind in
                        Envelope(
                            dataKey: WrappedDataKey(
                                keyEncryptionKeyID: rows.integer(.keyEncryptionKeyID),
                                bytes: rows.blob(.wrappedDataKey)
                            ),
                            kind: kind,
                            sealedValue: rows.blob(.envelope)
                        )
                    }
                )
            )
        }
        return versions
    }

    private func furtherKeys(
        ofAccount account: String
    ) throws(SQLiteError) -> [Place: [CopiedKey]] {
        let rows = try statement(VersionKeyTable.ofAccount)
        try rows.bind(1, account)
        var keys: [Place: [CopiedKey]] = [:]
        while try rows.step() {
            let place = Place(secretID: rows.integer(.secretID), versionID: rows.text(.versionID))
            keys[place, default: []].append(
                CopiedKey(
                    position: rows.integer(.position),
                    kmsKeyID: rows.text(.kmsKeyID),
                    dataKey: WrappedDataKey(
                        keyEncryptionKeyID: rows.integer(.keyEncryptionKeyID),
                        bytes: rows.blob(.wrappedDataKey)
                    )
                )
            )
        }
        return keys
    }

    private func insert(
        _ version: CopiedVersion,
        _ others: [CopiedKey],
        _ copy: AccountCopy
    ) throws(SQLiteError) {
        let secretID = version.secretID + copy.offset
        do {
            let insertion = try statement(VersionTable.insert)
            try insertion.bind(.secretID, secretID)
            try insertion.bind(.id, version.id)
            try insertion.bind(.createdAt, version.createdAt)
            try insertion.bind(.kmsKeyID, copy.readdressed(version.kmsKeyID))
            if let envelope = version.envelope {
                try insertion.bind(.keyEncryptionKeyID, envelope.dataKey.keyEncryptionKeyID)
                try insertion.bind(.wrappedDataKey, blob: envelope.dataKey.bytes)
                try insertion.bind(.valueKind, envelope.kind.rawValue)
                try insertion.bind(.envelope, blob: envelope.sealedValue)
            }
            try insertion.run()
        }
        for other in others {
            let insertion = try statement(VersionKeyTable.insert)
            try insertion.bind(.secretID, secretID)
            try insertion.bind(.versionID, version.id)
            try insertion.bind(.position, other.position)
            try insertion.bind(.kmsKeyID, copy.readdressed(other.kmsKeyID))
            try insertion.bind(.keyEncryptionKeyID, other.dataKey.keyEncryptionKeyID)
            try insertion.bind(.wrappedDataKey, blob: other.dataKey.bytes)
            try insertion.run()
        }
    }
}
