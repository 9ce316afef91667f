/// Something that a call needs permission for, in IAM's words.
///
/// [Actions, resources, and condition keys](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html)
package struct Permission: Sendable, Equatable {
    /// As in `secretsmanager:GetSecretValue`.
    package let action: String
    package let target: Target
    /// The condition keys that come from the request itself, with their values; a member that the
    /// request lacks is no key at all.
    package private(set) var conditionValues: [String: [String]] = [:]
    /// The KmsKeyId that the request names: its ARN is a condition key too, which only the vault
    /// knows.
    package var kmsKeyID: String?

    /// What the action is done to.
    package enum Target: Sendable, Equatable {
        /// A secret, by its SecretId as sent.
        case secret(String)
        /// A secret of this name that is to be made.
        case newSecret(String)
        /// A user or role of the caller's account, by its name.
        case principal(IAMPrincipal.Kind, String)
        /// Something of IAM in the caller's account, as in `user/path/name`.
        case iam(String)
        /// A KMS key, by its KeyId as sent.
        case key(String)
        /// The name of a KMS key, in the caller's account and region.
        case alias(String)
        /// The user who calls.
        case caller
        /// Something else, by its ARN.
        case resource(String)
        /// Nothing in particular: policies say `*`.
        case nothing
    }

    /// - Parameters:
    ///   - action: the operation.
    ///   - target: what it is done to.
    package init<Action: ServiceAction>(_ action: Action, on target: Target) {
        self.action = "\(Action.policyPrefix):\(action.rawValue)"
        self.target = target
    }

    /// What RotateSecret needs besides, to have the function called.
    static func invokeFunction(_ arn: String) -> Permission {
        Permission(action: "lambda:InvokeFunction", target: .resource(arn))
    }

    /// What KMS is asked for in the caller's name, to open or seal the value of a secret.
    ///
    /// [Encryption context](https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html)
    static func useKey(of secret: Secret, to use: KeyUse) -> Permission {
        var permission = Permission(action: "kms:\(use.rawValue)", target: .nothing)
        let service = "secretsmanager.\(secret.arn.scope.region).amazonaws.com"
        permission.set("kms:ViaService", service)
        permission.set("kms:EncryptionContext:SecretARN", secret.arn.text)
        permission.set("kms:EncryptionContextKeys", all: ["SecretARN", "SecretVersionId"])
        return permission
    }

    /// The same under the name of another action.
    func asking(for action: String) -> Permission {
        var permission = Permission(action: action, target: target)
        permission.conditionValues = conditionValues
        return permission
    }

    /// The same in a request with more condition keys; its own values stay.
    func carrying(_ context: [String: [String]]) -> Permission {
        var permission = self
        permission.conditionValues.merge(context) { own, _ in own }
        return permission
    }

    /// A permission that somebody asks about.
    init(action: String, context: [String: [String]]) {
        self.init(action: action, target: .nothing)
        conditionValues = context
    }

    private init(action: String, target: Target) {
        self.action = action
        self.target = target
    }

    mutating func set(_ key: String, _ value: String?) {
        guard let value else { return }
        conditionValues[key] = [value]
    }

    mutating func set(_ key: String, _ value: Bool?) {
        set(key, value.map { $0 ? "true" : "false" })
    }

    mutating func set(_ key: String, _ value: Int64?) {
        set(key, value.map(String.init))
    }

    mutating func set(_ key: String, all values: [String]?) {
        guard let values, !values.isEmpty else { return }
        conditionValues[key] = values
    }

    /// The tags of a request: one key for each, and one with all their keys.
    mutating func set(requestTags tags: TagList?) {
        guard let tags else { return }
        for (key, value) in tags.pairs { set("aws:RequestTag/\(key)", value) }
        set("aws:TagKeys", all: tags.pairs.map(\.key))
    }

    mutating func set(replicaRegions regions: ReplicaRegionList?, forced: Bool?) {
        set("secretsmanager:AddReplicaRegions", all: regions?.names)
        set("secretsmanager:ForceOverwriteReplicaSecret", forced)
    }
}

/// What a key is used for.
enum KeyUse: String {
    case decrypt = "Decrypt"
    case generateDataKey = "GenerateDataKey"

    /// What an operation has the key of its secret used for when it reads or writes the value.
    static func uses(by action: Action) -> [KeyUse] {
        switch action {
        case .getSecretValue: [.decrypt]
        case .createSecret, .putSecretValue, .updateSecret: [.generateDataKey, .decrypt]
        default: []
        }
    }
}

extension ServiceAction {
    /// What policies write before the colon: `secretsmanager`.
    static var policyPrefix: String {
        // By bytes: it is asked for with every call.
        String(Substring(eventSource.utf8.prefix { $0 != UInt8(ascii: ".") }))
    }
}
