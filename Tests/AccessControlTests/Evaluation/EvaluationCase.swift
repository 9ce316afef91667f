import AccessControl
import Testing

/// A caller, the policies that have a say, and what comes of it.
struct EvaluationCase: Sendable, CustomTestStringConvertible {
    /// What one policy says of the request that every case is about.
    enum Voice: Sendable {
        case allows
        case denies
        /// It is about something else.
        case isSilent
    }

    /// The name that a resource's policy has for the caller.
    enum Name: String, Sendable {
        case user, role, session, federatedUser, uniqueID, account, root, everyone, someoneElse
        /// As NotPrincipal: all but somebody else.
        case notSomeoneElse
        /// As NotPrincipal: all but the caller, by every name.
        case notTheCaller
    }

    /// What one policy says, and where it is.
    enum Part: Sendable {
        case identity(Voice)
        case boundary(Voice)
        case session(Voice)
        case resource(Voice, to: Name)
    }

    /// What is decided, and the source that decides.
    enum Outcome: Sendable, Equatable {
        case allowed(by: PolicySource?)
        case denied(by: PolicySource)
        case missing(PolicySource)
    }

    let party: EvaluationParty
    let parts: [Part]
    let outcome: Outcome
    /// Whether the resource is a key, whose policy must agree.
    let isKey: Bool

    init(
        _ kind: EvaluationParty.Kind,
        of account: String = EvaluationParty.ours,
        _ parts: [Part],
        _ outcome: Outcome,
        isKey: Bool = false
    ) {
        party = EvaluationParty(kind: kind, account: account)
        self.parts = parts
        self.outcome = outcome
        self.isKey = isKey
    }

    var testDescription: String {
        let owner = party.account == EvaluationParty.ours ? "own" : "other"
        return "\(party.kind) of the \(owner) account, \(parts)\(isKey ? ", a key" : "")"
            + ": \(outcome)"
    }

    /// The decision of the evaluator, without the statement.
    func decide() throws -> Outcome {
        let policies = try parts.enumerated().map { number, part in
            try draft(part, number).attached()
        }
        switch party.evaluator(policies, isKey: isKey).decide(request(principals: party.principals))
        {
        case .allowed(let statement): return .allowed(by: statement?.source)
        case .explicitlyDenied(let statement): return .denied(by: statement.source)
        case .implicitlyDenied(let source): return .missing(source)
        }
    }

    private func draft(_ part: Part, _ number: Int) -> DraftPolicy {
        switch part {
        case .identity(let voice): draft(.identity, voice, number)
        case .boundary(let voice): draft(.boundary, voice, number)
        case .session(let voice): draft(.session, voice, number)
        case .resource(let voice, let name): draft(.resource, voice, number, to: element(name))
        }
    }

    private func draft(
        _ source: PolicySource,
        _ voice: Voice,
        _ number: Int,
        to principals: DraftSelection? = nil
    ) -> DraftPolicy {
        let action = voice == .isSilent ? "DescribeSecret" : "GetSecretValue"
        let statement = DraftStatement(
            effect: voice == .denies ? .deny : .allow,
            principals: principals,
            actions: DraftSelection(entries: ["secretsmanager:\(action)"]),
            resources: DraftSelection(entries: ["*"])
        )
        return DraftPolicy(source: source, name: "policy-\(number)", statements: [statement])
    }

    private func element(_ name: Name) -> DraftSelection {
        let stranger = EvaluationParty(kind: .user, account: "777788889999")
        let isUser = party.kind == .user || party.kind == .federatedUser
        return switch name {
        case .user: DraftSelection(entries: [party.userARN])
        case .role: DraftSelection(entries: [party.roleARN])
        case .session: DraftSelection(entries: [party.sessionARN])
        case .federatedUser: DraftSelection(entries: [party.federatedARN])
        case .uniqueID:
            DraftSelection(entries: [isUser ? EvaluationParty.userID : EvaluationParty.roleID])
        case .account: DraftSelection(entries: [party.account])
        case .root: DraftSelection(entries: [party.rootARN])
        case .everyone: DraftSelection(entries: ["*"])
        case .someoneElse: DraftSelection(entries: [stranger.userARN])
        case .notSomeoneElse: DraftSelection(entries: [stranger.userARN], isNegated: true)
        case .notTheCaller:
            DraftSelection(
                entries: (isUser ? [party.userARN] : [party.sessionARN, party.roleARN])
                    + [party.account],
                isNegated: true
            )
        }
    }
}
