import AWS
import JSON
import Notation
import TestSupport
import Testing

/// Who may assume a role, and what a session of it may do.
@Suite struct AssumeRolePermissionTests {
    let vault: ScratchVault
    private let role = "arn:aws:iam::000000000000:role/task"

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        try vault.create(.role, "task")
    }

    private func trust(_ document: String) throws {
        try vault.iam(
            .updateAssumeRolePolicy,
            ["RoleName": "task", "PolicyDocument": "\(document)"]
        )
    }

    private func allow(_ actions: String...) -> String {
        let list = actions.map { #""\#($0)""# }.joined(separator: ",")
        return #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[\#(list)],"#
            + #""Resource":"*"}]}"#
    }

    @Test func `Whom the trust policy does not name is refused, the root too`() throws {
        let user = try vault.user("ci", policies: [allow("*")])
        for caller in [user, .root()] {
            #expect(
                vault.refusal(ofAssuming: role, by: caller)
                    == .mayNot("sts:AssumeRole", caller, role)
            )
        }
    }

    @Test func `Whom the trust policy names needs no policy of its own`() throws {
        let user = try vault.user("ci")
        let other = try vault.user("other")
        try trust(IAMDocument.trusting(#"{"AWS":"\#(user.principal.arn)"}"#))
        #expect(vault.refusal(ofAssuming: role, by: user) == nil)
        #expect(
            vault.refusal(ofAssuming: role, by: other) == .mayNot("sts:AssumeRole", other, role)
        )
    }

    @Test func `A trust policy that names the account leaves it to the callers' policies`() throws {
        try trust(IAMDocument.ownAccount)
        let without = try vault.user("without")
        let with = try vault.user("with", policies: [allow("sts:AssumeRole")])
        let elsewhere = try vault.user(
            "elsewhere",
            policies: [PolicyDraft.statement("Allow", "sts:AssumeRole", on: "\(role)s")]
        )
        for caller in [without, elsewhere] {
            #expect(
                vault.refusal(ofAssuming: role, by: caller)
                    == .mayNot("sts:AssumeRole", caller, role)
            )
        }
        #expect(vault.refusal(ofAssuming: role, by: with) == nil)
    }

    @Test func `A deny wins over what the trust policy allows`() throws {
        let user = try vault.user(
            "ci",
            policies: [PolicyDraft.statement("Deny", "sts:AssumeRole")]
        )
        try trust(IAMDocument.trusting(#"{"AWS":"\#(user.principal.arn)"}"#))
        #expect(
            vault.refusal(ofAssuming: role, by: user)
                == Refusal(
                    "AccessDenied",
                    "User: \(user.principal.arn) is not authorized to perform: sts:AssumeRole on"
                        + " resource: \(role) with an explicit deny in an identity-based policy"
                )
        )
    }

    @Test func `Another account needs both sides`() throws {
        let with = try vault.user(
            "with",
            account: "111122223333",
            policies: [allow("sts:AssumeRole")]
        )
        let without = try vault.user("without", account: "111122223333")
        #expect(
            vault.refusal(ofAssuming: role, by: with) == .mayNot("sts:AssumeRole", with, role)
        )
        try trust(IAMDocument.trusting(#"{"AWS":"arn:aws:iam::111122223333:root"}"#))
        #expect(
            vault.refusal(ofAssuming: role, by: without)
                == .mayNot("sts:AssumeRole", without, role)
        )
        let session = try vault.caller(of: try vault.assume(role, by: with))
        #expect(session.scope.account == "000000000000")
    }

    @Test func `An external id must be the one that the trust policy asks for`() throws {
        let user = try vault.user("ci")
        try trust(
            IAMDocument.trusting(
                #"{"AWS":"\#(user.principal.arn)"}"#,
                if: #"{"StringEquals":{"sts:ExternalId":"secret-handshake"}}"#
            )
        )
        let refused = Refusal.mayNot("sts:AssumeRole", user, role)
        #expect(vault.refusal(ofAssuming: role, by: user) == refused)
        #expect(vault.refusal(ofAssuming: role, ["ExternalId": "guess"], by: user) == refused)
        let known: JSONValue = ["ExternalId": "secret-handshake"]
        #expect(vault.refusal(ofAssuming: role, known, by: user) == nil)
    }

    static let needsMore: [(String, JSONValue)] = [
        ("sts:TagSession", ["Tags": [["Key": "a", "Value": "1"]]]),
        ("sts:SetSourceIdentity", ["SourceIdentity": "alice"]),
    ]

    @Test(arguments: needsMore)
    func `Tags and a source identity have permissions of their own`(
        action: String,
        members: JSONValue
    ) throws {
        let user = try vault.user("ci")
        let principal = #"{"AWS":"\#(user.principal.arn)"}"#
        try trust(IAMDocument.trusting(principal))
        #expect(
            vault.refusal(ofAssuming: role, members, by: user) == .mayNot(action, user, role)
        )
        #expect(vault.refusal(ofAssuming: role, by: user) == nil)
        try trust(IAMDocument.trusting(principal, "sts:AssumeRole", action))
        #expect(vault.refusal(ofAssuming: role, members, by: user) == nil)
    }
}
