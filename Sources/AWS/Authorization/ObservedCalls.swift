/// What somebody's calls needed, as far as the audit trail tells.
struct ObservedCalls {
    let principalARN: String
    private(set) var count = 0
    /// The resources of each action, as patterns.
    private(set) var resources: [String: Set<String>] = [:]
    /// The actions of calls of which the trail does not tell what they were about.
    private(set) var untold: Set<String> = []

    init(of principalARN: String) {
        self.principalARN = principalARN
    }

    /// Whether any call needed it.
    func used(_ action: String) -> Bool { resources[action] != nil || untold.contains(action) }

    /// Notes a record, unless it is another's or policies refused it.
    mutating func add(_ record: AuditRecord, _ vault: any VaultReading) throws(APIError) {
        let isRefused = record.errorCode == APIError.Code.accessDenied.rawValue
        guard isTheirs(record.principalARN), !record.isServiceEvent, !isRefused else { return }
        count += 1
        let request = RecordedRequest(record)
        guard let action = request.action else { return }
        let resources = try request.resources(vault)
        let actions = [action] + dependentActions(record, request)
        guard !resources.isEmpty else {
            // `*` would do, and would be more than anybody asked for.
            untold.formUnion(actions)
            return
        }
        for action in actions { self.resources[action, default: []].formUnion(resources) }
        try addOthers(record, request, vault)
    }

    /// Permissions that the operation itself does not name, for the same resource.
    private func dependentActions(
        _ record: AuditRecord,
        _ request: RecordedRequest
    ) -> [String] {
        let hasTags = request.has("tags")
        switch (record.eventSource, record.eventName) {
        case (Action.eventSource, Action.createSecret.rawValue):
            return (hasTags ? ["secretsmanager:TagResource"] : [])
                + (request.has("addReplicaRegions")
                    ? ["secretsmanager:ReplicateSecretToRegions"] : [])
        case (Action.eventSource, Action.validateResourcePolicy.rawValue):
            return ["secretsmanager:PutResourcePolicy"]
        case (STSAction.eventSource, _):
            return (hasTags ? ["sts:TagSession"] : [])
                + (request.has("sourceIdentity") ? ["sts:SetSourceIdentity"] : [])
        case (IAMAction.eventSource, IAMAction.createUser.rawValue) where hasTags:
            return ["iam:TagUser"]
        case (IAMAction.eventSource, IAMAction.createRole.rawValue) where hasTags:
            return ["iam:TagRole"]
        case (IAMAction.eventSource, IAMAction.createPolicy.rawValue) where hasTags:
            return ["iam:TagPolicy"]
        default: return []
        }
    }

    /// Permissions for something else than what the call is about.
    private mutating func addOthers(
        _ record: AuditRecord,
        _ request: RecordedRequest,
        _ vault: any VaultReading
    ) throws(APIError) {
        guard record.eventSource == Action.eventSource,
            let action = Action(rawValue: record.eventName)
        else { return }
        if action == .batchGetSecretValue, request.has("filters") {
            note("secretsmanager:ListSecrets", "*")
        }
        if action == .rotateSecret, let function = request.arn("rotationLambdaARN") {
            note("lambda:InvokeFunction", function)
        }
        try addKey(action, record, vault)
    }

    private mutating func addKey(
        _ action: Action,
        _ record: AuditRecord,
        _ vault: any VaultReading
    ) throws(APIError) {
        guard let arn = record.secretARN, record.errorCode == nil,
            let address = try? SecretAddress(arn, from: record.scope),
            let secret = try vault.secret(at: address),
            case .key(let key) = try vault.keyChoice(secret.kmsKeyID, in: secret.arn.scope)
        else { return }
        for use in KeyUse.uses(by: action) { note("kms:\(use.rawValue)", key.arn.text) }
    }

    private mutating func note(_ action: String, _ resource: String) {
        resources[action, default: []].insert(resource)
    }

    /// A role's calls are those of all its sessions.
    private func isTheirs(_ arn: String) -> Bool {
        if arn == principalARN { return true }
        let parts = principalARN.split(
            separator: ":",
            maxSplits: 5,
            omittingEmptySubsequences: false
        )
        guard parts.count == 6, parts[5].hasPrefix("role/"),
            let name = parts[5].split(separator: "/").last
        else { return false }
        return arn.hasPrefix("arn:\(parts[1]):sts::\(parts[4]):assumed-role/\(name)/")
    }
}
