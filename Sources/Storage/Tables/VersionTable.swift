internal import AWS
internal import Cryptography
internal import Notation

/// The versions of secrets, their values sealed.
enum VersionTable: Int, StatementList {
    case ofSecret, ofAccount, byID, byLabel
    case insert, seal, noteAccess, setCreationDate, delete

    enum Columns: Int, RowColumns {
        case id, createdAt, lastAccessedAt, kmsKeyID, valueKind
        // Of the KMS key that it was sealed under, which is in a row of its own.
        case keyState
        // What only the opening of a value needs; the last two are of other tables.
        case keyEncryptionKeyID, wrappedDataKey, envelope, label, hasFurtherKeys
        case secretID
        // Of the secret.
        case secretARN
    }

    static let table = Table.version

    /// A version as lists show it.
    private static let listed = "\(Columns.list(through: .valueKind, of: "v")), k.state"

    /// A version with everything that opens it, a row for each of its labels; the first row is
    /// enough for a version without.
    private static let sealed = """
        \(listed), v.key_encryption_key_id, v.wrapped_data_key, v.envelope, l.label,
            EXISTS (
                SELECT 1 FROM version_key AS o
                WHERE o.secret_id = v.secret_id AND o.version_id = v.id
            )
        """

    /// The KMS key that a version is under, if CreateKey made it.
    private static let key = """
        LEFT JOIN key_encryption_key AS e ON e.id = v.key_encryption_key_id
        \(KeyEncryptionKeyTable.joinedKMSKey)
        """

    var sql: String {
        switch self {
        case .ofSecret:
            """
            SELECT \(VersionTable.listed) FROM version AS v
            \(VersionTable.key)
            WHERE v.secret_id = ?1 ORDER BY v.number
            """
        // In the order of creation, for a copy with the same.
        case .ofAccount:
            """
            SELECT \(Columns.list(through: .valueKind, of: "v")), NULL,
                v.key_encryption_key_id, v.wrapped_data_key, v.envelope, NULL, NULL,
                v.secret_id, s.arn
            FROM secret AS s JOIN version AS v ON v.secret_id = s.id
            WHERE s.account = ?1 ORDER BY v.number
            """
        case .byID:
            """
            SELECT \(VersionTable.sealed) FROM version AS v
            LEFT JOIN staging_label AS l ON l.secret_id = ?1 AND l.version_id = ?2
            \(VersionTable.key)
            WHERE v.secret_id = ?1 AND v.id = ?2 ORDER BY l.label
            """
        case .byLabel:
            """
            SELECT \(VersionTable.sealed) FROM staging_label AS asked
            JOIN version AS v ON v.secret_id = asked.secret_id AND v.id = asked.version_id
            JOIN staging_label AS l
                ON l.secret_id = asked.secret_id AND l.version_id = asked.version_id
            \(VersionTable.key)
            WHERE asked.secret_id = ?1 AND asked.label = ?2 ORDER BY l.label
            """
        case .insert:
            """
            INSERT INTO version \(VersionTable.inserted)
            """
        case .seal:
            """
            UPDATE version SET \(VersionTable.sealing)
            WHERE secret_id = \(Columns.secretID.parameter) AND id = \(Columns.id.parameter)
            """
        case .noteAccess:
            """
            UPDATE version SET last_accessed_at = ?3 WHERE secret_id = ?1 AND id = ?2
            """
        case .setCreationDate:
            """
            UPDATE version SET created_at = ?3 WHERE secret_id = ?1 AND id = ?2
            """
        case .delete: "DELETE FROM version WHERE secret_id = ?1 AND id = ?2"
        }
    }

    private static let inserted = Columns.values(
        without: .lastAccessedAt,
        .keyState,
        .label,
        .hasFurtherKeys,
        .secretARN
    )

    private static let sealing = Columns.assignments(
        .kmsKeyID,
        .keyEncryptionKeyID,
        .wrappedDataKey,
        .valueKind,
        .envelope
    )
}

/// A version as it is stored: its value is still encrypted.
final class SealedVersion {
    let version: SecretVersion
    /// Nil for the placeholder of a rotation.
    let envelope: Envelope?
    /// Once it was opened, by whichever of its keys: each gives the same.
    ///
    /// Wiped when nobody keeps it any more.
    var dataKey: KeyMaterial?

    init(version: SecretVersion, envelope: Envelope?) {
        self.version = version
        self.envelope = envelope
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func versions(of secret: Secret) throws(APIError) -> [SecretVersion] {
        let labels = try stagingLabels(of: secret)
        return try translatingErrors {
            let further = try furtherKeys(of: secret)
            let furtherByVersion = Dictionary(grouping: further, by: \.versionID)
            let rows = try statement(VersionTable.ofSecret)
            try rows.bind(1, secret.id)
            var versions: [SecretVersion] = []
            while try rows.step() {
                let id = rows.text(.id)
                versions.append(
                    SecretVersion(
                        id: id,
                        createdAt: rows.timestamp(.createdAt),
                        lastAccessedAt: rows.timestampUnlessZero(.lastAccessedAt),
                        keys: [firstKey(in: rows)] + (furtherByVersion[id] ?? []).map(\.key),
                        stagingLabels: labels.labels(of: id),
                        hasValue: !rows.isNull(.valueKind)
                    )
                )
            }
            return versions
        }
    }

    func version(
        _ selector: VersionSelector,
        of secret: Secret
    ) throws(APIError) -> SecretVersion? {
        try translatingErrors { try sealedVersion(selector, of: secret)?.version }
    }

    /// A version as it is stored, or as this connection has kept it.
    func sealedVersion(
        _ selector: VersionSelector,
        of secret: Secret
    ) throws -> SealedVersion? {
        if let sealed = cache?.version(selector, ofSecret: secret.id) { return sealed }
        let sealed =
            switch selector {
            case .id(let id): try selectVersion(.byID, id, of: secret)
            case .stagingLabel(let label): try selectVersion(.byLabel, label, of: secret)
            }
        if let sealed { cache?.insert(sealed, selector, ofSecret: secret.id) }
        return sealed
    }

    private func selectVersion(
        _ query: VersionTable,
        _ selector: String,
        of secret: Secret
    ) throws -> SealedVersion? {
        let row = try statement(query)
        try row.bind(1, secret.id)
        try row.bind(2, selector)
        guard try row.step() else { return nil }
        let id = row.text(.id)
        let createdAt = row.timestamp(.createdAt)
        let lastAccessedAt = row.timestampUnlessZero(.lastAccessedAt)
        var keys = [firstKey(in: row)]
        let hasFurtherKeys = row.bool(.hasFurtherKeys)
        var envelope = try envelope(in: row, versionID: id, of: secret)
        var labels: [String] = []
        if !row.isNull(.label) {
            labels.append(row.text(.label))
            while try row.step() { labels.append(row.text(.label)) }
        }
        if hasFurtherKeys {
            let further = try furtherKeys(ofVersion: id, of: secret)
            keys += further.map(\.key)
            envelope?.furtherDataKeys = further.map(\.dataKey)
        }
        return SealedVersion(
            version: SecretVersion(
                id: id,
                createdAt: createdAt,
                lastAccessedAt: lastAccessedAt,
                keys: keys,
                stagingLabels: labels,
                hasValue: envelope != nil
            ),
            envelope: envelope
        )
    }

    /// The key that a version was sealed under.
    private func firstKey(in row: borrowing Statement<VersionTable.Columns>) -> VersionKey {
        VersionKey(
            kmsKeyID: row.text(.kmsKeyID),
            state: row.optionalText(.keyState).flatMap(KeyState.init(rawValue:))
        )
    }

    private func envelope(
        in row: borrowing Statement<VersionTable.Columns>,
        versionID: String,
        of secret: Secret
    ) throws(APIError) -> Envelope? {
        guard !row.isNull(.envelope) else { return nil }
        guard let kind = SecretValue.Kind(rawValue: row.integer(.valueKind)) else {
            throw .decryptionFailure(.authenticationFailed, versionID, of: secret)
        }
        return Envelope(
            dataKey: WrappedDataKey(
                keyEncryptionKeyID: row.integer(.keyEncryptionKeyID),
                bytes: row.blob(.wrappedDataKey)
            ),
            kind: kind,
            sealedValue: row.blob(.envelope)
        )
    }

    // MARK: Writing

    func insertVersion(
        _ id: String,
        of secret: Secret,
        _ content: VersionContent,
        at now: Timestamp
    ) throws(APIError) {
        try translatingErrors {
            let sealed = try seal(content, versionID: id, of: secret)
            let insertion = try statement(VersionTable.insert)
            try insertion.bind(.createdAt, now)
            try bind(sealed, versionID: id, of: secret, in: insertion)
            try insertion.run()
        }
    }

    func setContent(
        _ content: VersionContent,
        ofVersion id: String,
        of secret: Secret
    ) throws(APIError) {
        try translatingErrors {
            let sealed = try seal(content, versionID: id, of: secret)
            try deleteFurtherKeys(ofVersion: id, of: secret)
            let update = try statement(VersionTable.seal)
            try bind(sealed, versionID: id, of: secret, in: update)
            try update.run()
        }
    }

    func setCreationDate(
        _ date: Timestamp,
        ofVersion id: String,
        of secret: Secret
    ) throws(APIError) {
        try translatingErrors {
            let update = try statement(VersionTable.setCreationDate)
            try update.bind(1, secret.id)
            try update.bind(2, id)
            try update.bind(3, date.milliseconds)
            try update.run()
        }
    }

    /// Binds the columns of a version's content; none of an envelope for a placeholder.
    private func bind(
        _ sealed: SealedContent,
        versionID: String,
        of secret: Secret,
        in statement: borrowing Statement<VersionTable.Columns>
    ) throws(SQLiteError) {
        try statement.bind(.secretID, secret.id)
        try statement.bind(.id, versionID)
        try statement.bind(.kmsKeyID, sealed.kmsKeyID)
        guard let envelope = sealed.envelope else { return }
        try statement.bind(.keyEncryptionKeyID, envelope.dataKey.keyEncryptionKeyID)
        try statement.bind(.wrappedDataKey, blob: envelope.dataKey.bytes)
        try statement.bind(.valueKind, envelope.kind.rawValue)
        try statement.bind(.envelope, blob: envelope.sealedValue)
    }

    func delete(_ pruned: PrunedVersion) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(VersionTable.delete)
            try deletion.bind(1, pruned.secret.id)
            try deletion.bind(2, pruned.id)
            try deletion.run()
        }
    }

    func recordAccess(_ access: LastAccess, on day: Timestamp) throws(APIError) {
        try translatingErrors {
            let version = try statement(VersionTable.noteAccess)
            try version.bind(1, access.secretID)
            try version.bind(2, access.versionID)
            try version.bind(3, day.milliseconds)
            try version.run()
            let secret = try statement(SecretTable.noteAccess)
            try secret.bind(1, access.secretID)
            try secret.bind(2, day.milliseconds)
            try secret.run()
        }
    }
}
