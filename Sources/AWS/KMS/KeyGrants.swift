internal import AccessControl
internal import JSON
internal import Notation

/// The grants of a key, as the policies that they are worth to one caller.
///
/// A grant is like a statement of the key's policy: to a session it is not limited by the session's
/// policies and the boundary, to a role it is. Whoever a grant names by an ARN that is another's by now
/// does not have it.
struct KeyGrants: OccasionalPolicies {
    private let key: KMSKey
    /// The grant that the call gives back: then no other one has a say.
    private let retired: KMSGrant?

    init(of key: KMSKey, retiring grant: KMSGrant? = nil) {
        self.key = key
        retired = grant
    }

    func policies(
        for permission: Permission,
        of caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [PolicyText] {
        guard let operation = KeyGrants.operation(of: permission.action) else { return [] }
        if operation == KMSAction.retireGrant.rawValue {
            guard let retired, let name = retired.nameForRetiring(of: caller) else { return [] }
            return [retired.policy(for: name, operations: [operation])]
        }
        var policies: [PolicyText] = []
        for name in caller.granteeNames {
            for grant in try vault.grants(of: key, to: name)
            where grant.grantee.isMeant(caller) && grant.covers(operation, permission) {
                policies.append(grant.policy(for: name, operations: [operation]))
            }
        }
        return policies
    }

    /// The operation of a permission that can be granted.
    private static func operation(of action: String) -> String? {
        let prefix = "\(KMS.signingName):"
        guard action.hasPrefix(prefix) else { return nil }
        let operation = String(action.dropFirst(prefix.count))
        return KMSGrant.grantable.contains(operation) ? operation : nil
    }
}

/// What a grant that is given back was made for, for policies that ask.
struct GrantConditions: ConditionSource {
    let key: KeyReference
    let grantID: String?

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        guard keys.isSought(GrantConstraints.typeKey, "kms:EncryptionContext") else { return }
        // What is no name of a key is told of after permissions.
        let found = try APIError.ofStoreOnly { () throws(APIError) in
            try key.find(for: caller, vault)
        }
        guard let key = found ?? nil, let grant = try vault.grant(grantID ?? "", of: key) else {
            return
        }
        var permission = Permission(KMSAction.retireGrant)
        grant.constraints.conditions(in: &permission)
        keys.add(permission)
    }
}

extension Caller {
    /// The names by which a grant may mean the caller.
    fileprivate var granteeNames: [String] {
        let account = scope.iamARN("root")
        return switch principal.kind {
        case .root: [account]
        case .service: [principal.arn]
        default: [principal.arn, principal.holderARN, account].uniqued
        }
    }
}

extension [String] {
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension GrantPrincipal {
    /// Whether a caller who has the name is the one who had it when the grant was made.
    func isMeant(_ caller: Caller) -> Bool {
        guard let uniqueID else { return true }
        return [caller.principal.uniqueID, caller.principal.holderUniqueID].contains(uniqueID)
    }

    fileprivate func isHad(by caller: Caller) -> Bool {
        caller.granteeNames.contains(name) && isMeant(caller)
    }
}

extension KMSGrant {
    /// Whether it is about an operation, in the encryption context of the request.
    fileprivate func covers(_ operation: String, _ permission: Permission) -> Bool {
        guard operations.contains(operation) else { return false }
        switch operation {
        case KMSAction.describeKey.rawValue: return true
        case KMSAction.createGrant.rawValue: return coversGrant(permission)
        default: return constraints.allow(permission.encryptionContext)
        }
    }

    /// Whoever has a grant hands on no more than it.
    private func coversGrant(_ permission: Permission) -> Bool {
        let wanted = permission.conditionValues["kms:GrantOperations"] ?? []
        guard wanted.allSatisfy(operations.contains) else { return false }
        if constraints.equals != nil {
            let kind = permission.conditionValues[GrantConstraints.typeKey]
            guard kind == [GrantConstraints.equalsType] else { return false }
        }
        return constraints.allow(permission.encryptionContext)
    }

    /// By which name a caller may give it back.
    fileprivate func nameForRetiring(of caller: Caller) -> String? {
        if let retiring, retiring.isHad(by: caller) { return retiring.name }
        let isGranted = operations.contains(KMSAction.retireGrant.rawValue)
        return isGranted && grantee.isHad(by: caller) ? grantee.name : nil
    }

    /// What a key policy would say of it.
    fileprivate func policy(for name: String, operations: [String]) -> PolicyText {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("Version", "2012-10-17")
        writer.name("Statement")
        writer.beginArray()
        writer.beginObject()
        writer.member("Effect", "Allow")
        writer.name("Principal")
        writer.beginObject()
        writer.member(ARN.isARN(name) ? "AWS" : "Service", name)
        writer.endObject()
        writer.member("Action", operations.map { "\(KMS.signingName):\($0)" })
        writer.member("Resource", "*")
        if let source = constraints.sourceARN {
            writer.name("Condition")
            writer.beginObject()
            writer.name("ArnEquals")
            writer.beginObject()
            writer.member("aws:SourceArn", source)
            writer.endObject()
            writer.endObject()
        }
        writer.endObject()
        writer.endArray()
        writer.endObject()
        return .resource("grant \(id)", String(decoding: writer.bytes, as: UTF8.self), .key)
    }
}
