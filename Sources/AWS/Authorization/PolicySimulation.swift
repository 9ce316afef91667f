package import AccessControl

/// The question whether a call that nobody made yet would be allowed, and by what.
package struct PolicySimulation: Sendable {
    /// A user, a role, a session of a role, or the root of an account, by its ARN.
    package let principalARN: String
    /// As in `secretsmanager:GetSecretValue`.
    package let action: String
    /// A secret, by name or ARN; it need not be there.
    package let secretID: String?
    /// Something else, by its ARN.
    package let resourceARN: String?
    /// Where the call would be made.
    package let region: String
    /// Condition keys that the call would carry.
    package let context: [String: [String]]
    /// Whether somebody made the call, so that not all is known of it.
    private let isRecorded: Bool

    package init(
        principalARN: String,
        action: String,
        secretID: String? = nil,
        resourceARN: String? = nil,
        region: String,
        context: [String: [String]] = [:]
    ) {
        self.principalARN = principalARN
        self.action = PolicyAction.spelled(action)
        self.secretID = secretID
        self.resourceARN = resourceARN
        self.region = region
        self.context = context
        isRecorded = false
    }

    /// Asks about a call of the audit trail, by the policies as they are now.
    package init(again record: AuditRecord) {
        let request = RecordedRequest(record)
        let isNew = record.eventName == Action.createSecret.rawValue
        principalARN = record.principalARN
        action = record.action
        secretID = isNew ? request.text("name") : record.secretARN ?? request.text("secretId")
        resourceARN = request.arn("roleArn")
        region = record.scope.region
        context = [:]
        isRecorded = true
    }

    /// What the answer is.
    package struct Answer: Sendable, CustomStringConvertible {
        package let explanation: PolicyExplanation
        /// What was asked for.
        let action: String
        /// What else the call needs, and is denied; nil when its own action decides.
        package let missing: (action: String, resource: String)?

        package var isAllowed: Bool { explanation.decision.isAllowed }

        /// A sentence or two.
        package var description: String {
            guard let missing else { return "\(explanation)" }
            return "\(action) itself is allowed, but the call also needs \(missing.action) on"
                + " \(missing.resource). \(explanation)"
        }
    }

    /// Answers the question by the policies as they are.
    ///
    /// - Parameters:
    ///   - authorization: which reads the policies; whether it enforces them does not matter.
    ///   - now: for the condition keys about time.
    ///   - vault: the vault.
    /// - Returns: nil when there is no such principal.
    /// - Throws: InternalServiceError.
    package func answer(
        _ authorization: Authorization,
        at now: Timestamp,
        in vault: any VaultReading
    ) throws(APIError) -> Answer? {
        guard let caller = try vault.caller(principalARN, in: region, at: now) else { return nil }
        let permission = Permission(action: action, context: context)
        let decider = CallAuthorization(authorization, caller, now, vault)
        let resource = try resource(caller, vault)
        let own = try decider.explain(permission, on: resource)
        guard own.decision.isAllowed else {
            return Answer(explanation: own, action: action, missing: nil)
        }
        for (permission, resource) in try others(besides: permission, resource, caller, vault) {
            let explanation = try decider.explain(permission, on: resource)
            guard !explanation.decision.isAllowed else { continue }
            return Answer(
                explanation: explanation,
                action: action,
                missing: (permission.action, resource.arn)
            )
        }
        return Answer(explanation: own, action: action, missing: nil)
    }
}

/// What calls are about, and what they need, found out as the operations do.
extension PolicySimulation {
    private func resource(
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        if let secretID {
            // It would be made anew, whether or not there is one of the name.
            guard operation != .createSecret || secretID.hasPrefix("arn:") else {
                return ProtectedResource(newSecret: secretID, caller)
            }
            return try secret(secretID, caller, vault)
        }
        guard let resourceARN else { return ProtectedResource(nothingFor: caller) }
        if Self.assumingActions.contains(action) {
            return ProtectedResource(
                roleARN: resourceARN,
                try vault.principal(.role, arn: resourceARN),
                caller
            )
        }
        switch PolicySimulation.parts(ofARN: resourceARN)?[2] {
        case "secretsmanager": return try secret(resourceARN, caller, vault)
        case "kms":
            guard let address = try? KeyAddress(resourceARN, from: caller.scope),
                case .id = address, let key = try vault.key(at: address)
            else { return ProtectedResource(arn: resourceARN, caller) }
            return try ProtectedResource(key, vault)
        default: return ProtectedResource(arn: resourceARN, caller)
        }
    }

    private func secret(
        _ secretID: String,
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        var secret: Secret?
        // An ARN of another region is not known at the endpoint of the call.
        if let address = try? SecretAddress(secretID, from: caller.scope),
            address.scope.region == caller.scope.region
        {
            secret = try vault.secret(at: address)
        }
        return try ProtectedResource(secretID: secretID, secret, caller, vault)
    }

    /// What the call needs besides its own action, each with what it needs it for.
    private func others(
        besides permission: Permission,
        _ resource: ProtectedResource,
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [(Permission, ProtectedResource)] {
        guard let operation else { return [] }
        var others: [(Permission, ProtectedResource)] = []
        func needs(_ action: Action) {
            let name = "\(Action.policyPrefix):\(action.rawValue)"
            others.append((permission.asking(for: name), resource))
        }
        switch operation {
        case .createSecret:
            if has("aws:TagKeys") || has("aws:RequestTag/") { needs(.tagResource) }
            if has("secretsmanager:AddReplicaRegions") { needs(.replicateSecretToRegions) }
        case .validateResourcePolicy: needs(.putResourcePolicy)
        case .rotateSecret:
            for arn in value("secretsmanager:RotationLambdaARN") {
                others.append((.invokeFunction(arn), ProtectedResource(arn: arn, caller)))
            }
        default: break
        }
        // Whether there was a new value in it no trail tells.
        guard !isRecorded || operation != .updateSecret, let secret = resource.secret,
            case .key(let key) = try vault.keyChoice(secret.kmsKeyID, in: secret.arn.scope)
        else { return others }
        let keyResource = try ProtectedResource(key, vault)
        for use in KeyUse.uses(by: operation) {
            let permission = Permission.useKey(of: secret, to: use).carrying(context)
            others.append((permission, keyResource))
        }
        return others
    }

    /// The operation of Secrets Manager that is asked about.
    private var operation: Action? {
        Action.allCases.first { "\(Action.policyPrefix):\($0.rawValue)" == action }
    }

    /// Whether the call carries a condition key, or one that begins so.
    private func has(_ key: String) -> Bool {
        context.keys.contains { $0.lowercased().hasPrefix(key.lowercased()) }
    }

    private func value(_ key: String) -> [String] {
        context.filter { $0.key.lowercased() == key.lowercased() }.flatMap(\.value)
    }

    /// What a role's trust policy decides about.
    fileprivate static let assumingActions = [
        "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity",
    ]
}

/// What makes no sense to ask.
extension PolicySimulation {
    /// What is wrong with the question; nil when nothing is.
    package var fault: String? {
        if let fault = PolicyAction.fault(in: action) { return fault }
        if let secretID {
            guard resourceARN == nil else { return "Name a secret or a resource, not both." }
            let anywhere = Scope(account: "000000000000", region: region)
            if secretID.isEmpty || (try? SecretAddress(secretID, from: anywhere)) == nil {
                return "\"\(secretID)\" is neither the name nor the ARN of a secret."
            }
        }
        if let resourceARN, PolicySimulation.parts(ofARN: resourceARN) == nil {
            return "\"\(resourceARN)\" is no ARN; for a secret by its name there is the other"
                + " member, secret."
        }
        if Self.assumingActions.contains(action),
            resourceARN.flatMap(PolicySimulation.parts(ofARN:))?[5].hasPrefix("role/") != true
        {
            return "\(action) is about a role: name it by its ARN, as the resource."
        }
        return nil
    }

    /// The six parts of an ARN; nil for what is none.
    static func parts(ofARN text: String) -> [Substring]? {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty,
            !parts[5].isEmpty
        else { return nil }
        return parts
    }
}
