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
