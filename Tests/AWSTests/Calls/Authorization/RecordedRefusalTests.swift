import AWS
import TestSupport
import Testing

/// What refusals were recorded to say, each by its number in docs/compatibility.md.
@Suite struct RecordedRefusalTests {
    let vault: ScratchVault
    let role = "arn:aws:iam::000000000000:role/task"

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
    }

    @Test func `C37: an explicit deny of a managed policy names the policy, of an inline one none`()
        throws
    {
        let deny = PolicyDraft.statement("Deny", "sts:AssumeRole")
        let inline = try vault.user("inline", policies: [deny])
        let managed = try vault.user("managed")
        let policy = try vault.createPolicy("never", deny)
        try vault.attach(policy, to: .user, "managed")
        try vault.create(.role, "task", ["AssumeRolePolicyDocument": "\(IAMDocument.ownAccount)"])
        for (user, named) in [(inline, ""), (managed, ": \(policy)")] {
            let text = vault.refusal(ofAssuming: role, by: user)?.text
            #expect(
                text?.hasSuffix("with an explicit deny in an identity-based policy\(named)") == true
            )
        }
    }

    @Test func `C106: a role and a permission made just now count at once`() throws {
        let user = try vault.user("u")
        try vault.create(.role, "task", ["AssumeRolePolicyDocument": "\(IAMDocument.ownAccount)"])
        #expect(vault.refusal(ofAssuming: role, by: user) != nil)
        let allow = PolicyDraft.statement("Allow", "sts:AssumeRole")
        try vault.putPolicy("allow", allow, of: .user, "u")
        #expect(vault.refusal(ofAssuming: role, by: user) == nil)
    }

    @Test
    func `C91: a grant to a session is not limited by its session policy, one to its role is`()
        throws
    {
        try vault.create("shared", value: "v")
        let session = try vault.session(
            "worker",
            sessionPolicies: [PolicyDraft.statement("Allow", "s3:*")]
        )
        func refusal(grantedTo arn: String) throws -> String? {
            let allow = PolicyDraft.statement(
                "Allow",
                "secretsmanager:GetSecretValue",
                principal: #"{"AWS":"\#(arn)"}"#
            )
            try vault.putPolicy(allow, on: "shared")
            return vault.refusal(of: .getSecretValue, ["SecretId": "shared"], by: session)?.text
        }
        #expect(try refusal(grantedTo: session.principal.arn) == nil)
        let role = "arn:aws:iam::000000000000:role/worker"
        #expect(try refusal(grantedTo: role)?.contains("no session policy allows") == true)
    }

    @Test func `C91: a session policy that denies counts against a grant to the session too`()
        throws
    {
        try vault.create("shared", value: "v")
        let deny = PolicyDraft.statement("Deny", "secretsmanager:GetSecretValue")
        let session = try vault.session("worker", sessionPolicies: [deny])
        let allow = PolicyDraft.statement(
            "Allow",
            "secretsmanager:GetSecretValue",
            principal: #"{"AWS":"\#(session.principal.arn)"}"#
        )
        try vault.putPolicy(allow, on: "shared")
        let refusal = vault.refusal(of: .getSecretValue, ["SecretId": "shared"], by: session)
        #expect(refusal?.text?.contains("with an explicit deny in a session policy") == true)
    }
}
