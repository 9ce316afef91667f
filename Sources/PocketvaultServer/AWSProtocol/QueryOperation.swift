internal import AWS
internal import JSON

/// An operation of one of the services that speak the query protocol.
enum QueryOperation: Sendable {
    case identityAndAccess(IAMAction)
    case securityToken(STSAction)

    /// The operation that a form calls; nil when there is none of that name and version.
    init?(_ fields: FormFields) {
        let name = fields["Action"] ?? ""
        switch fields["Version"] {
        case IAMAction.version:
            guard let action = IAMAction(rawValue: name) else { return nil }
            self = .identityAndAccess(action)
        case STSAction.version:
            guard let action = STSAction(rawValue: name) else { return nil }
            self = .securityToken(action)
        default: return nil
        }
    }

    /// As AWS names it.
    var name: String {
        switch self {
        case .identityAndAccess(let action): action.rawValue
        case .securityToken(let action): action.rawValue
        }
    }

    /// What signatures for its service are scoped to.
    var signingName: String {
        switch self {
        case .identityAndAccess: "iam"
        case .securityToken: "sts"
        }
    }

    /// Of the elements of its answers.
    var namespace: String {
        switch self {
        case .identityAndAccess: "https://iam.amazonaws.com/doc/2010-05-08/"
        case .securityToken: "https://sts.amazonaws.com/doc/2011-06-15/"
        }
    }

    func call(
        _ members: JSONObject,
        by caller: Caller,
        _ service: Service,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) {
        switch self {
        case .identityAndAccess(let action):
            IAMTable.call(action, members, by: caller, service, reply)
        case .securityToken(let action):
            STSTable.call(action, members, by: caller, service, reply)
        }
    }
}
