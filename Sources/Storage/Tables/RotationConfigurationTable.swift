internal import AWS
internal import JSON
internal import Notation

/// How secrets are rotated, and when next.
enum RotationConfigurationTable: Int, StatementList {
    case ofSecret, set, nextWindow

    enum Columns: Int, RowColumns {
        case secretID, isEnabled, lambdaARN, roleARN, metadata, hasRules
        case automaticallyAfterDays, duration, scheduleExpression
        case rulesSetAt, lastRotatedAt, valueChangedAt, windowOpensAt, windowClosesAt
    }

    static let table = Table.rotationConfiguration

    var sql: String {
        switch self {
        case .ofSecret: "SELECT \(Columns.list) FROM rotation_configuration WHERE secret_id = ?1"
        case .set: "INSERT OR REPLACE INTO rotation_configuration \(Columns.values())"
        // While a secret is scheduled for deletion, its rotation waits; a replica's is its
        // primary's.
        case .nextWindow:
            """
            SELECT \(Columns.list(of: "c"))
            FROM rotation_configuration AS c JOIN secret AS s ON s.id = c.secret_id
            WHERE c.window_opens_at IS NOT NULL AND s.deleted_at IS NULL
                AND s.primary_id IS NULL AND s.cross_account_primary_arn IS NULL
                AND NOT EXISTS (SELECT 1 FROM rotation AS r WHERE r.secret_id = c.secret_id)
            ORDER BY c.window_opens_at LIMIT 1
            """
        }
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func rotationConfiguration(of secret: Secret) throws(APIError) -> RotationConfiguration? {
        try translatingErrors {
            let row = try statement(RotationConfigurationTable.ofSecret)
            try row.bind(1, secret.id)
            guard try row.step() else { return nil }
            return RotationConfiguration(
                isEnabled: row.bool(.isEnabled),
                lambdaARN: row.optionalText(.lambdaARN),
                external: try row.optionalText(.roleARN).map { roleARN in
                    ExternalSecretRotation(
                        roleARN: roleARN,
                        metadata: try ExternalSecretRotation.metadata(stored: row.text(.metadata))
                    )
                },
                rules: row.bool(.hasRules)
                    ? try RotationRules(
                        automaticallyAfterDays: row.optionalInteger(.automaticallyAfterDays),
                        duration: row.optionalText(.duration),
                        scheduleExpression: row.optionalText(.scheduleExpression)
                    ) : nil,
                rulesSetAt: row.optionalTimestamp(.rulesSetAt),
                lastRotatedAt: row.optionalTimestamp(.lastRotatedAt),
                valueChangedAt: row.optionalTimestamp(.valueChangedAt),
                nextWindow: row.optionalTimestamp(.windowOpensAt).map { opens in
                    RotationWindow(
                        opens: opens,
                        closes: row.optionalTimestamp(.windowClosesAt) ?? opens
                    )
                }
            )
        }
    }

    /// The rotation that a schedule asks for first.
    func nextRotationWindow() throws -> DueRotation? {
        let row = try statement(RotationConfigurationTable.nextWindow)
        guard try row.step(), let time = row.optionalTimestamp(.windowOpensAt),
            let secret = try secret(id: row.integer(.secretID))
        else { return nil }
        return DueRotation(secret: secret, time: time, rotation: nil)
    }

    // MARK: Writing

    func setRotationConfiguration(
        _ configuration: RotationConfiguration,
        of secret: Secret
    ) throws(APIError) {
        try translatingErrors {
            let rules = configuration.rules
            let window = configuration.nextWindow
            let update = try statement(RotationConfigurationTable.set)
            try update.bind(.secretID, secret.id)
            try update.bind(.isEnabled, configuration.isEnabled)
            try update.bind(.lambdaARN, configuration.lambdaARN)
            try update.bind(.roleARN, configuration.external?.roleARN)
            try update.bind(.metadata, configuration.external?.storedMetadata)
            try update.bind(.hasRules, rules != nil)
            try update.bind(.automaticallyAfterDays, rules?.automaticallyAfterDays)
            try update.bind(.duration, rules?.duration)
            try update.bind(.scheduleExpression, rules?.scheduleExpression)
            try update.bind(.rulesSetAt, configuration.rulesSetAt)
            try update.bind(.lastRotatedAt, configuration.lastRotatedAt)
            try update.bind(.valueChangedAt, configuration.valueChangedAt)
            try update.bind(.windowOpensAt, window?.opens)
            try update.bind(.windowClosesAt, window?.closes)
            try update.run()
        }
    }
}

extension ExternalSecretRotation {
    /// The metadata as the table keeps it.
    fileprivate var storedMetadata: String {
        JSONValue.array(
            metadata.map { item in
                .object(JSONObject([("Key", .string(item.key)), ("Value", .string(item.value))]))
            }
        ).jsonText()
    }

    fileprivate static func metadata(stored text: String) throws -> [Item] {
        guard case .array(let elements) = try JSONParser.parse(Array(text.utf8)) else { return [] }
        return elements.compactMap { element in
            guard case .object(let object) = element, case .string(let key)? = object["Key"],
                case .string(let value)? = object["Value"]
            else { return nil }
            return Item(key: key, value: value)
        }
    }
}
