internal import Notation

/// Something that a call needs permission for, in IAM's words.
///
/// [Actions, resources, and condition keys](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
package struct Permission: Sendable {
    /// As in `secretsmanager:GetSecretValue`.
    package let action: String
    package let target: Target
    /// The condition keys that come from the request itself, with their values; a member that the
    /// request lacks is no key at all.
    package private(set) var conditionValues: [String: [String]] = [:]
    /// Further condition keys of the request, whose values only the vault knows.
    var lateConditions: (any ConditionSource)?

    /// What the action is done to.
    package enum Target: Sendable, Equatable {
        /// What the call is about; the operation knows how policies see it.
        case subject
        /// Something of the caller's account and region, as in `kms` and `alias/app`.
        case inScope(service: String, resource: String)
        /// Something else, by its ARN.
        case arn(String)
        /// Nothing in particular: policies say `*`.
        case nothing
    }

    /// - Parameters:
    ///   - action: the operation.
    ///   - target: what it is done to.
    package init(_ action: some ServiceAction, on target: Target = .subject) {
        self.init(Permission.name(of: action), on: target)
    }

    /// - Parameters:
    ///   - action: as in `kms:Decrypt`.
    ///   - target: what it is done to.
    init(_ action: String, on target: Target = .subject) {
        self.action = action
        self.target = target
    }

    /// A permission that somebody asks about.
    init(_ action: String, context: [String: [String]]) {
        self.init(action)
        conditionValues = context
    }

    /// An operation as policies name it.
    static func name<Action: ServiceAction>(of action: Action) -> String {
        "\(Action.Card.signingName):\(action.rawValue)"
    }

    /// The same under the name of another action.
    func asking(for action: String) -> Permission {
        var permission = Permission(action, on: target)
        permission.conditionValues = conditionValues
        return permission
    }

    /// The same in a request with more condition keys; its own values stay.
    func carrying(_ context: [String: [String]]) -> Permission {
        var permission = self
        permission.conditionValues.merge(context) { own, _ in own }
        return permission
    }

    /// What somebody asks about, with the condition keys that the operation would give as well; those
    /// of the question stay.
    func completed(by said: Permission) -> Permission {
        var permission = carrying(said.conditionValues)
        permission.lateConditions = said.lateConditions
        return permission
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

    /// Says that a service makes the call in somebody's name: from an address of its own, which is
    /// nobody's.
    ///
    /// [aws:CalledVia](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia)
    ///
    /// - Parameters:
    ///   - service: as in `secretsmanager`.
    ///   - region: where the service is.
    mutating func setCall(through service: String, in region: String) {
        set("kms:ViaService", Partition.serviceHost(service, in: region))
        let principal = "\(service).\(Partition.standardDomain)"
        set("aws:ViaAWSService", true)
        set("aws:CalledVia", all: [principal])
        set("aws:CalledViaFirst", principal)
        set("aws:CalledViaLast", principal)
        conditionValues["aws:SourceIp"] = []
    }

    /// The tags of a request: one key for each, and one with all their keys.
    mutating func set(requestTags tags: TagList?) {
        guard let tags else { return }
        for (key, value) in tags.pairs { set("aws:RequestTag/\(key)", value) }
        set("aws:TagKeys", all: tags.pairs.map(\.key))
    }
}
