/// An alias and the key that it is to stand for, as CreateAlias and UpdateAlias take them.
package struct AliasTarget: Sendable {
    let aliasName: String?
    private let targetKeyID: String?

    init(from members: inout Members) throws(APIError) {
        aliasName = try members.string("AliasName")
        targetKeyID = try members.string("TargetKeyId")
    }

    func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.aliasName(aliasName)
        constraints.keyID(targetKeyID, at: "targetKeyId")
        return constraints.violations
    }

    var reference: KeyReference { KeyReference(keyID: targetKeyID) }

    /// The key that was found, unless it can have no such name.
    func key(
        for call: Call<KMSKey>,
        _ action: KMSAction,
        _ vault: any VaultReading
    ) throws(APIError) -> KMSKey {
        try KeyAlias.check(aliasName ?? "")
        if case .alias? = try? KeyAddress(targetKeyID ?? "", from: call.caller.scope) {
            throw .aliasOfAlias
        }
        let key = try reference.check(call.located, for: call.caller)
        try key.checkChangeable(by: call.caller, action)
        try key.checkNotPendingDeletion()
        let others = try vault.aliases(of: key).filter { $0.name != aliasName }
        guard others.count < KeyAlias.maximumPerKey else { throw .tooManyAliases }
        return key
    }
}

/// An operation that gives a key a name; the key is its subject.
package protocol AliasOperation: Operation where API == KMSAction, Subject == KMSKey {
    /// The alias and the key.
    var target: AliasTarget { get }
}

extension AliasOperation {
    package var subjectID: String? { target.aliasName }

    package func violations() -> [Violation] { target.violations() }

    /// For the alias and for the key.
    ///
    /// [Controlling access to aliases](https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html);
    /// UpdateAlias asks for the alias's former key too, which is not asked for here.
    package func permissions() -> [Permission] {
        let alias = Permission.Target.inScope(
            service: KMS.signingName,
            resource: target.aliasName ?? ""
        )
        return [Permission(Self.action, on: alias), ownPermission]
    }

    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> KMSKey? {
        let found = try APIError.ofStoreOnly { () throws(APIError) in
            Optional(try target.reference.find(for: caller, vault))
        }
        return found ?? nil
    }

    package func resource(
        _ key: KMSKey?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        try target.reference.resource(key, for: caller, vault)
    }
}
