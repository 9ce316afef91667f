internal import JSON

/// What a recorded call asked for, in the words of policies.
///
/// What it named need not be there any more, or never was: then it is named as it was sent.
struct RecordedRequest {
    private let record: AuditRecord
    private let parameters: JSONObject

    init(_ record: AuditRecord) {
        self.record = record
        let text = record.requestParameters ?? ""
        guard case .object(let object)? = try? JSONParser.parse(Array(text.utf8)) else {
            parameters = JSONObject([])
            return
        }
        parameters = object
    }

    /// Whether the request had a member, by its name in the record: `secretId`.
    func has(_ name: String) -> Bool { parameters[name] != nil }

    /// A member that is a string.
    func text(_ name: String) -> String? {
        guard case .string(let text)? = parameters[name] else { return nil }
        return text
    }

    /// A member that is an ARN, and no pattern for ARNs.
    func arn(_ name: String) -> String? {
        text(name).flatMap { $0.hasPrefix("arn:") && Self.isLiteral($0) ? $0 : nil }
    }

    /// The permission that the call itself needed, as in `secretsmanager:GetSecretValue`; nil when
    /// it needed none.
    var action: String? {
        if record.eventSource == STSAction.eventSource {
            guard record.eventName == STSAction.assumeRole.rawValue else { return nil }
        }
        return record.action
    }

    /// What the call was about, as patterns for a policy: `*` for an operation that is about nothing
    /// in particular, none where it cannot be told.
    func resources(_ vault: any VaultReading) throws(APIError) -> [String] {
        let name = record.eventName
        switch record.eventSource {
        case Action.eventSource: return Action(rawValue: name).map(secret) ?? []
        case KMSAction.eventSource:
            guard let action = KMSAction(rawValue: name) else { return [] }
            return try key(action, vault)
        case IAMAction.eventSource:
            guard let action = IAMAction(rawValue: name) else { return [] }
            return try principal(action, vault)
        case STSAction.eventSource: return arn("roleArn").map { [$0] } ?? []
        case CloudTrailAction.eventSource: return ["*"]
        default: return []
        }
    }

    private func secret(_ action: Action) -> [String] {
        switch action {
        case .batchGetSecretValue, .getRandomPassword, .listSecrets: return ["*"]
        default: break
        }
        if let arn = record.secretARN {
            // With any suffix: a secret that is made anew has another one.
            return ["\(arn.dropLast(SecretARN.suffixLength))\(Self.anySuffix)"]
        }
        guard let secretID = text(action == .createSecret ? "name" : "secretId"),
            Self.isLiteral(secretID),
            let address = try? SecretAddress(secretID, from: record.scope)
        else { return [] }
        switch address {
        case .arn(let arn, _): return [arn]
        case .name(let name, let scope):
            guard !name.isEmpty else { return [] }
            if secretID.hasPrefix("arn:") { return ["\(secretID)-\(Self.anySuffix)"] }
            return [SecretARN(scope: scope, name: name, suffix: Self.anySuffix).text]
        }
    }

    private func key(
        _ action: KMSAction,
        _ vault: any VaultReading
    ) throws(APIError) -> [String] {
        switch action {
        case .createKey, .listAliases, .listKeys: return ["*"]
        case .createAlias, .updateAlias:
            let keys = try keys(text("targetKeyId"), vault)
            // Both are needed: the one without the other would permit nothing.
            return keys.isEmpty || alias.isEmpty ? [] : alias + keys
        case .deleteAlias: return alias
        default: return try keys(text("keyId"), vault)
        }
    }

    /// A key by its own ARN, whatever it was called.
    private func keys(
        _ keyID: String?,
        _ vault: any VaultReading
    ) throws(APIError) -> [String] {
        guard let keyID, let address = try? KeyAddress(keyID, from: record.scope) else {
            return []
        }
        if let key = try vault.key(at: address) { return [key.arn.text] }
        guard case .id(let id, let scope) = address, KeyARN.isKeyID(id) else { return [] }
        return [KeyARN(scope: scope, keyID: id).text]
    }

    private var alias: [String] {
        guard let name = text("aliasName"), name.hasPrefix(KeyAlias.prefix), Self.isLiteral(name)
        else { return [] }
        return [KeyARN.text(in: record.scope, resource: name)]
    }

    private func principal(
        _ action: IAMAction,
        _ vault: any VaultReading
    ) throws(APIError) -> [String] {
        switch action {
        case .createUser: return new("user", text("userName"))
        case .createRole: return new("role", text("roleName"))
        case .createPolicy: return new("policy", text("policyName"))
        case .getAccessKeyLastUsed, .listAccountAliases, .listPolicies, .listRoles, .listUsers,
            .listVirtualMFADevices:
            return ["*"]
        default: break
        }
        if let name = text("userName") { return try existing(.user, name, vault) }
        if let name = text("roleName") { return try existing(.role, name, vault) }
        if has("policyArn") { return arn("policyArn").map { [$0] } ?? [] }
        // A user who names nobody is meant itself.
        return record.principalARN.contains(":user/") ? [record.principalARN] : []
    }

    private func new(_ kind: String, _ name: String?) -> [String] {
        guard let name, !name.isEmpty else { return [] }
        let arn = "arn:aws:iam::\(record.scope.account):\(kind)\(text("path") ?? "/")\(name)"
        return Self.isLiteral(arn) ? [arn] : []
    }

    private func existing(
        _ kind: IAMPrincipal.Kind,
        _ name: String,
        _ vault: any VaultReading
    ) throws(APIError) -> [String] {
        let account = record.scope.account
        if let found = try vault.principal(kind, named: name, in: account) { return [found.arn] }
        guard !name.isEmpty, Self.isLiteral(name) else { return [] }
        return ["arn:aws:iam::\(account):\(kind.rawValue)/\(name)"]
    }

    private static let anySuffix = "??????"

    /// Whether a policy that holds the text means just it: what somebody sent must not become a
    /// pattern for more.
    private static func isLiteral(_ text: String) -> Bool {
        !text.utf8.contains { "*?$".utf8.contains($0) }
    }
}
