package import AccessControl
package import Notation

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
    /// What it needs, asked of the operation; nil for what is none that is built.
    private let needs: OperationNeeds?
    /// Who says what such a call is about: the operation, or one about the same thing.
    private let about: OperationNeeds?

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
        let request = RequestInContext(context, secretID: secretID, resourceARN: resourceARN)
        needs = request.needs(of: self.action)
        about = needs ?? Self.relatives[self.action].flatMap(request.needs)
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
        let principal = CallerByARN(principalARN, in: region)
        guard let caller = try principal.caller(at: now, in: vault) else { return nil }
        let decider = CallAuthorization(authorization, caller, now, vault)
        let asked = Permission(action, context: context)
        let said = needs?.permissions.first { $0.action == action }
        return try PolicyQuestion(
            own: said.map(asked.completed) ?? asked,
            subject: try resource(caller, vault),
            others: needs?.permissions.filter { $0.action != action } ?? [],
            needs: needs,
            context: context
        ).answer(decider, caller, vault)
    }

    /// What the call would be about: the operation says it, or else the question does.
    private func resource(
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        guard let named = resourceARN ?? secretID else {
            return ProtectedResource(nothingFor: caller)
        }
        if let told = try about?.subject(for: caller, vault), told.isTold { return told.resource }
        return ProtectedResource(arn: named, caller)
    }

    /// Permissions without an operation of their own, and one that is about the same thing.
    private static let relatives = [
        "kms:Decrypt": "kms:DescribeKey",
        "kms:Encrypt": "kms:DescribeKey",
        "kms:GenerateDataKey": "kms:DescribeKey",
        "sts:SetSourceIdentity": "sts:AssumeRole",
        "sts:TagSession": "sts:AssumeRole",
    ]

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
        if let resourceARN, ARN(resourceARN) == nil {
            return "\"\(resourceARN)\" is no ARN; for a secret by its name there is the other"
                + " member, secret."
        }
        if Self.assumingActions.contains(action),
            resourceARN.flatMap({ ARN($0) })?.resource.hasPrefix("role/") != true
        {
            return "\(action) is about a role: name it by its ARN, as the resource."
        }
        return nil
    }
}
