internal import AWS
internal import JSON

extension SQLiteTransaction {
    // MARK: Reading

    func rotationConfiguration(of secret: Secret) throws(APIError) -> RotationConfiguration? {
        try translatingErrors {
            let row = try statement(.rotationConfiguration)
            try row.bind(1, secret.id)
            guard try row.step() else { return nil }
            return RotationConfiguration(
                isEnabled: row.integer(0) != 0,
                lambdaARN: row.optionalText(1),
                external: try row.optionalText(2).map { roleARN in
                    ExternalSecretRotation(
                        roleARN: roleARN,
                        metadata: try ExternalSecretRotation.metadata(stored: row.text(3))
                    )
                },
                rules: row.integer(4) == 0
                    ? nil
                    : try RotationRules(
                        automaticallyAfterDays: row.optionalInteger(5),
                        duration: row.optionalText(6),
                        scheduleExpression: row.optionalText(7)
                    ),
                rulesSetAt: row.timestamp(8),
                lastRotatedAt: row.timestamp(9),
                valueChangedAt: row.timestamp(10),
                nextWindow: row.timestamp(11).map { opens in
                    RotationWindow(opens: opens, closes: row.timestamp(12) ?? opens)
                }
            )
        }
    }

    func rotation(of secret: Secret) throws(APIError) -> Rotation? {
        try translatingErrors {
            let row = try statement(.rotation)
            try row.bind(1, secret.id)
            guard try row.step() else { return nil }
            guard let step = Rotation.Step(rawValue: row.text(3)) else {
                throw APIError.internalServiceError(cause: "no step of a rotation: \(row.text(3))")
            }
            return Rotation(
                versionID: row.text(0),
                token: row.text(1),
                isTest: row.integer(2) != 0,
                step: step,
                failures: Int(row.integer(4)),
                dueAt: row.timestamp(5)
            )
        }
    }

    // MARK: Writing

    func setRotationConfiguration(
        _ configuration: RotationConfiguration,
        of secret: Secret
    ) throws(APIError) {
        try translatingErrors {
            let rules = configuration.rules
            let window = configuration.nextWindow
            let update = try statement(.setRotationConfiguration)
            try update.bind(1, secret.id)
            try update.bind(2, configuration.isEnabled)
            try update.bind(3, configuration.lambdaARN)
            try update.bind(4, configuration.external?.roleARN)
            try update.bind(5, configuration.external?.storedMetadata)
            try update.bind(6, rules != nil)
            try update.bind(7, rules?.automaticallyAfterDays)
            try update.bind(8, rules?.duration)
            try update.bind(9, rules?.scheduleExpression)
            try update.bind(10, configuration.rulesSetAt?.milliseconds)
            try update.bind(11, configuration.lastRotatedAt?.milliseconds)
            try update.bind(12, configuration.valueChangedAt?.milliseconds)
            try update.bind(13, window?.opens.milliseconds)
            try update.bind(14, window?.closes.milliseconds)
            try update.run()
        }
    }

    func setRotation(_ rotation: Rotation?, of secret: Secret) throws(APIError) {
        try translatingErrors {
            guard let rotation else { return try run(.deleteRotation, secret.id) }
            let update = try statement(.setRotation)
            try update.bind(1, secret.id)
            try update.bind(2, rotation.versionID)
            try update.bind(3, rotation.token)
            try update.bind(4, rotation.isTest)
            try update.bind(5, rotation.step.rawValue)
            try update.bind(6, Int64(rotation.failures))
            try update.bind(7, rotation.dueAt?.milliseconds)
            try update.run()
        }
    }
}

extension Statement {
    fileprivate func timestamp(_ column: Int32) -> Timestamp? {
        optionalInteger(column).map(Timestamp.init(milliseconds:))
    }
}

extension ExternalSecretRotation {
    /// The metadata as the tables keep it.
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
