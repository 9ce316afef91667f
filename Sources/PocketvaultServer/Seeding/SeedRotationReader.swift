internal import AWS
internal import JSON
internal import Notation

/// How a secret of a seed document is rotated.
struct SeedRotation: Sendable {
    let isEnabled: Bool
    let lambdaARN: String?
    let external: ExternalSecretRotation?
    let rules: RotationRules?

    /// What RotateSecret would have stored, had it been called now and begun no rotation.
    ///
    /// - Parameters:
    ///   - now: the time.
    ///   - present: how the secret is rotated so far: when that last happened stays known.
    /// - Returns: the configuration to store.
    func configuration(
        at now: Timestamp,
        after present: RotationConfiguration? = nil
    ) -> RotationConfiguration {
        var configuration = RotationConfiguration(
            lambdaARN: lambdaARN,
            external: external,
            lastRotatedAt: present?.lastRotatedAt,
            valueChangedAt: present?.valueChangedAt
        )
        if let rules { configuration.setRules(rules, at: now) }
        if isEnabled { configuration.enable(at: now) }
        return configuration
    }

    /// Whether a secret is rotated so already.
    func isSame(as present: RotationConfiguration) -> Bool {
        isEnabled == present.isEnabled && lambdaARN == present.lambdaARN
            && external == present.external && rules == present.rules
    }
}

/// Reads the member `rotation` of a secret.
struct SeedRotationReader {
    let members: SeedMembers
    /// Who rotates the secret decides what must be there.
    let type: String?
    let owningService: String?

    private static let memberNames = [
        "lambdaArn", "roleArn", "metadata", "automaticallyAfterDays", "scheduleExpression",
        "duration", "enabled",
    ]

    func rotation() throws(SeedError) -> SeedRotation {
        try members.allow(SeedRotationReader.memberNames)
        let lambdaARN = try checked("lambdaArn", as: "RotationLambdaARN")
        let external = try external()
        if owningService != nil {
            try refuse(["lambdaArn", "roleArn"], "the service that owns the secret rotates it")
        } else if type != nil {
            try refuse(["lambdaArn"], "a partner's secret is rotated by roleArn")
            guard external != nil else { throw members.error(nil, "the member roleArn is missing") }
        } else {
            try refuse(["roleArn"], "only a secret with a type is rotated by a role")
            guard lambdaARN != nil else {
                throw members.error(nil, "the member lambdaArn is missing")
            }
        }
        return SeedRotation(
            isEnabled: try members.boolean("enabled") ?? true,
            lambdaARN: lambdaARN,
            external: external,
            rules: try rules()
        )
    }

    private func refuse(_ names: [String], _ reason: String) throws(SeedError) {
        for name in names where members.object[name] != nil {
            throw members.error(name, "\(reason); remove it")
        }
    }

    private func checked(_ name: String, as apiName: String) throws(SeedError) -> String? {
        guard let text = try members.string(name) else { return nil }
        if let breach = SecretRules.breach(rotation: apiName, .string(text)) {
            throw members.error(name, breach)
        }
        return text.isEmpty ? nil : text
    }

    private func external() throws(SeedError) -> ExternalSecretRotation? {
        let role = try checked("roleArn", as: "ExternalSecretRotationRoleArn")
        var items: [ExternalSecretRotation.Item] = []
        if let object = try members.object("metadata") {
            guard role != nil else {
                throw members.error("metadata", "is for a rotation by roleArn")
            }
            for member in object.object.members {
                guard let value = try object.string(member.name) else { continue }
                let item = ExternalSecretRotation.Item(key: member.name, value: value)
                let list = JSONValue.array([
                    .object(
                        JSONObject([("Key", .string(item.key)), ("Value", .string(item.value))])
                    )
                ])
                if let breach = SecretRules.breach(
                    rotation: "ExternalSecretRotationMetadata",
                    list
                ) {
                    throw object.error(member.name, breach)
                }
                items.append(item)
            }
        }
        return role.map { ExternalSecretRotation(roleARN: $0, metadata: items) }
    }

    /// Nil when none is given: the secret is then rotated on demand only.
    private func rules() throws(SeedError) -> RotationRules? {
        let days = try members.integer("automaticallyAfterDays")
        let expression = try members.string("scheduleExpression")
        let duration = try members.string("duration")
        guard days != nil || expression != nil || duration != nil else { return nil }
        do throws(RotationRulesError) {
            return try RotationRules(
                automaticallyAfterDays: days,
                duration: duration,
                scheduleExpression: expression
            )
        } catch {
            throw members.error(
                nil,
                APIError.invalidRotationRules(error).message ?? "these rules break the API's"
            )
        }
    }
}
