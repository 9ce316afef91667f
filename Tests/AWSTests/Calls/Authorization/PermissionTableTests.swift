import AWS
import JSON
import TestSupport
import Testing

/// Every operation, by callers without and with permission.
@Suite("Permission, for every operation")
struct PermissionTableTests {
    private let vault: ScratchVault

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        try vault.create("ordinary", token: version("1"))
    }

    /// What the operation says of its resource in a refusal.
    private func object(of action: SecretsManagerAction) -> String {
        switch action {
        case .batchGetSecretValue, .getRandomPassword, .listSecrets: ""
        case .createSecret: " on resource: fresh"
        default: " on resource: ordinary"
        }
    }

    private func request(_ action: SecretsManagerAction) -> JSONValue {
        row(of: action).request(action == .createSecret ? "fresh" : "ordinary")
    }

    private static let user = "arn:aws:iam::000000000000:user/nobody"

    private func refusal(_ action: SecretsManagerAction) -> Refusal {
        let permission = "secretsmanager:\(action.rawValue)"
        return Refusal(
            "AccessDeniedException",
            "User: \(Self.user) is not authorized to perform: \(permission)\(object(of: action))"
                + " because no identity-based policy allows the \(permission) action"
        )
    }

    @Test(
        "a user without policies is refused, in AWS's words",
        arguments: SecretsManagerAction.allCases
    )
    func nobody(action: SecretsManagerAction) throws {
        let user = try vault.user("nobody")
        #expect(vault.refusal(of: action, request(action), by: user) == refusal(action))
    }

    @Test("a refusal comes before what else is wrong", arguments: SecretsManagerAction.allCases)
    func first(action: SecretsManagerAction) throws {
        let user = try vault.user("nobody")
        guard row(of: action).missingMember != .success else { return }
        let refused = vault.refusal(of: action, [:], by: user)
        #expect(refused?.code == "AccessDeniedException")
    }

    @Test(
        "a refusal changes nothing and is recorded with its reason",
        arguments: SecretsManagerAction.allCases
    )
    func unchanged(action: SecretsManagerAction) throws {
        let user = try vault.user("nobody")
        let before = try vault.describe("ordinary")
        _ = vault.refusal(of: action, request(action), by: user)
        #expect(try vault.describe("ordinary") == before)
        let records = try vault.auditRecords()
        let record = try #require(records.first { $0.principalARN == Self.user })
        #expect(record.eventName == action.rawValue)
        #expect(record.errorCode == "AccessDeniedException")
        let decision = try #require(record.decision)
        #expect(decision.contains("Denied: no identity-based policy allows it."))
        #expect(record.principalID == "AIDA000000000000nobody")
    }

    @Test("an Allow for the action alone is enough", arguments: SecretsManagerAction.allCases)
    func allowed(action: SecretsManagerAction) throws {
        var actions = ["secretsmanager:\(action.rawValue)"]
        // What the request asks for besides.
        if action == .rotateSecret { actions.append("lambda:InvokeFunction") }
        if action == .createSecret { actions.append("secretsmanager:TagResource") }
        if action == .validateResourcePolicy { actions.append("secretsmanager:PutResourcePolicy") }
        let policies = actions.map { PolicyDraft.statement("Allow", $0) }
        let user = try vault.user("somebody", policies: policies)
        let refused = vault.refusal(of: action, request(action), by: user)
        #expect(refused?.code != "AccessDeniedException")
    }

    @Test("a Deny wins over an Allow, and is named", arguments: SecretsManagerAction.allCases)
    func denied(action: SecretsManagerAction) throws {
        let user = try vault.user(
            "nobody",
            policies: [
                PolicyDraft.statement("Allow", "*"),
                PolicyDraft.statement("Deny", "secretsmanager:\(action.rawValue)"),
            ]
        )
        let permission = "secretsmanager:\(action.rawValue)"
        let text =
            "User: \(Self.user) is not authorized to perform: \(permission)\(object(of: action))"
            + " with an explicit deny in an identity-based policy"
        let expected = Refusal("AccessDeniedException", text)
        #expect(vault.refusal(of: action, request(action), by: user) == expected)
    }

    @Test("what is only reported passes, and is recorded", arguments: SecretsManagerAction.allCases)
    func reported(action: SecretsManagerAction) throws {
        let vault = try ScratchVault(authorization: .report)
        try vault.create("ordinary", token: version("1"))
        let user = try vault.user("nobody")
        let refused = vault.refusal(of: action, request(action), by: user)
        #expect(refused?.code != "AccessDeniedException")
        let records = try vault.auditRecords()
        let record = try #require(records.first { $0.principalARN == Self.user })
        let text = "Would be refused: \(self.refusal(action).text ?? "")"
        #expect(record.decision?.contains(text) == true)
    }

    @Test("where policies are off they are not looked at", arguments: SecretsManagerAction.allCases)
    func off(action: SecretsManagerAction) throws {
        let vault = try ScratchVault()
        try vault.create("ordinary", token: version("1"))
        let user = try vault.user("nobody")
        let refused = vault.refusal(of: action, request(action), by: user)
        #expect(refused?.code != "AccessDeniedException")
        let records = try vault.auditRecords()
        #expect(records.allSatisfy { $0.decision == nil })
    }
}
