/// An alias and the key that it is to stand for, as CreateAlias and UpdateAlias take them.
struct AliasTarget: Sendable {
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

    /// For the alias and for the key.
    ///
    /// [Controlling access to aliases](https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html);
    /// UpdateAlias asks for the alias's former key too, which is not asked for here.
    func permissions(for action: KMSAction) -> [Permission] {
        [
            Permission(action, on: .alias(aliasName ?? "")),
            Permission(action, on: .key(targetKeyID ?? "")),
        ]
    }

    /// The key, unless it can have no such name.
    func key(
        for call: Call,
        _ action: KMSAction,
        _ vault: any VaultReading
    ) throws(APIError) -> KMSKey {
        try KeyAlias.check(aliasName ?? "")
        if case .alias? = try? KeyAddress(targetKeyID ?? "", from: call.caller.scope) {
            throw .aliasOfAlias
        }
        let key = try vault.changeableKey(targetKeyID, for: call, action)
        try key.checkNotPendingDeletion()
        let others = try vault.aliases(of: key).filter { $0.name != aliasName }
        guard others.count < KeyAlias.maximumPerKey else { throw .tooManyAliases }
        return key
    }
}
