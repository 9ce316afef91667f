/// What somebody's calls needed, as far as the audit trail tells.
struct ObservedCalls {
    let principalARN: String
    private(set) var count = 0
    /// The resources of each action, as patterns.
    private(set) var resources: [String: Set<String>] = [:]

    init(of principalARN: String) {
        self.principalARN = principalARN
    }

    /// Notes a record, unless it is another's or policies refused it.
    mutating func add(_ record: AuditRecord, _ vault: any VaultReading) throws(APIError) {
        let isRefused = record.errorCode == APIError.Code.accessDenied.rawValue
        guard isTheirs(record.principalARN), !record.isServiceEvent, !isRefused else { return }
        count += 1
        let service = record.eventSource.prefix { $0 != "." }
        // It needs no permission.
        if record.eventName == STSAction.getCallerIdentity.rawValue { return }
        let resource = record.secretARN.map(ObservedCalls.pattern) ?? "*"
        note("\(service):\(record.eventName)", resource)
        try addDependent(record, resource, vault)
    }

    /// Permissions that the operation itself does not name.
    private mutating func addDependent(
        _ record: AuditRecord,
        _ resource: String,
        _ vault: any VaultReading
    ) throws(APIError) {
        guard record.eventSource == Action.eventSource,
            let action = Action(rawValue: record.eventName)
        else { return }
        let parameters = record.requestParameters ?? ""
        if action == .createSecret {
            if parameters.contains("\"tags\":") { note("secretsmanager:TagResource", resource) }
            if parameters.contains("\"addReplicaRegions\":") {
                note("secretsmanager:ReplicateSecretToRegions", resource)
            }
        }
        if action == .validateResourcePolicy { note("secretsmanager:PutResourcePolicy", resource) }
        if action == .batchGetSecretValue, parameters.contains("\"filters\":") {
            note("secretsmanager:ListSecrets", "*")
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
        switch action {
        case .getSecretValue: note("kms:Decrypt", key.arn.text)
        case .createSecret, .putSecretValue, .updateSecret:
            note("kms:Decrypt", key.arn.text)
            note("kms:GenerateDataKey", key.arn.text)
        default: return
        }
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

    /// The ARN with any suffix: a secret that is made anew has another one.
    private static func pattern(_ arn: String) -> String {
        "\(arn.dropLast(SecretARN.suffixLength))??????"
    }
}
