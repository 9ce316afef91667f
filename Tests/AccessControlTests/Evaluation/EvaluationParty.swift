import AccessControl

/// Who asks, in the tests of the evaluator.
struct EvaluationParty: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case user, session, federatedUser, root
    }

    let kind: Kind
    var account = EvaluationParty.ours

    static let ours = "111122223333"
    static let theirs = "444455556666"

    var userARN: String { "arn:aws:iam::\(account):user/mara" }
    var roleARN: String { "arn:aws:iam::\(account):role/app" }
    var sessionARN: String { "arn:aws:sts::\(account):assumed-role/app/one" }
    var federatedARN: String { "arn:aws:sts::\(account):federated-user/guest" }
    var rootARN: String { "arn:aws:iam::\(account):root" }
    static let userID = "AIDACKCEVSQ6C2EXAMPLE"
    static let roleID = "AROADBQP57FF2AEXAMPLE"

    /// The names that the caller goes by.
    var principals: [Principal] {
        switch kind {
        case .user: [.user(userARN), .uniqueID(Self.userID), .account(account)]
        case .session:
            [.roleSession(sessionARN), .role(roleARN), .uniqueID(Self.roleID), .account(account)]
        case .federatedUser:
            [
                .federatedUser(federatedARN), .user(userARN), .uniqueID(Self.userID),
                .account(account),
            ]
        case .root: [.account(account)]
        }
    }

    /// What decides about the party and a resource of our account.
    func evaluator(_ policies: [AttachedPolicy], isKey: Bool = false) -> PolicyEvaluator {
        PolicyEvaluator(
            callerAccount: account,
            isRoot: kind == .root,
            resourceAccount: Self.ours,
            isResourcePolicyRequired: isKey,
            policies: policies
        )
    }

    /// What a grant by a resource's policy is worth, by the name it uses.
    enum Strength: Sendable {
        case account, othersToo, callerItself
    }

    /// Whether an element means the caller; one without entries does not ask.
    func isMeant(by element: DraftSelection?, _ principals: [Principal]) -> Bool {
        guard let element else { return true }
        let named = principals.filter { name in
            element.entries.contains { $0 == "*" || means($0, name) }
        }
        if !element.isNegated { return !named.isEmpty }
        // Whoever is excepted must be so by every name but the id.
        let isUniqueID = { (name: Principal) in
            if case .uniqueID = name { true } else { false }
        }
        return principals.contains { !isUniqueID($0) && !named.contains($0) }
    }

    /// The worth of the best of the statement's entries that mean the caller.
    func strength(of statement: DraftStatement, _ principals: [Principal]) -> Strength {
        guard let element = statement.principals, !element.isNegated else { return .othersToo }
        let meant = element.entries.filter { entry in
            entry == "*" || principals.contains { means(entry, $0) }
        }
        let own =
            switch kind {
            case .user: [userARN, Self.userID]
            case .federatedUser: [federatedARN]
            case .session, .root: [sessionARN]
            }
        if kind != .root, meant.contains(where: own.contains) { return .callerItself }
        let isOfAccountOnly = meant.allSatisfy { $0 == account || $0 == rootARN }
        return isOfAccountOnly ? .account : .othersToo
    }

    private func means(_ entry: String, _ name: Principal) -> Bool {
        name.description == entry || name == .account(account) && entry == rootARN
    }
}
