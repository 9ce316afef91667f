import AWS
import JSON
import TestSupport
import Testing

@Suite struct UpdateAssumeRolePolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create(.role, "task", ["Description": "d", "MaxSessionDuration": "7200"])
    }

    private func members(_ document: String) -> JSONValue {
        ["RoleName": "Task", "PolicyDocument": "\(document)"]
    }

    @Test func `The trust policy changes, and nothing else`() throws {
        var expected = try vault.describe(.role, "task")
        #expect(
            try vault.iam(.updateAssumeRolePolicy, members(IAMDocument.ownAccount)).text == "{}"
        )
        let role = try vault.describe(.role, "task")
        let document = IAMDocument.escaped(IAMDocument.ownAccount)
        #expect(role["AssumeRolePolicyDocument"]?.string == document)
        expected.set("AssumeRolePolicyDocument", .string(document))
        #expect(Set(role.names ?? []) == Set(expected.names ?? []))
        for name in role.names ?? [] { #expect(role[name] == expected[name]) }
    }

    @Test(arguments: IAMDocument.malformedTrust)
    func `What is no trust policy is refused, and the former stays`(row: Malformed) throws {
        try vault.expect(
            .updateAssumeRolePolicy,
            members(row.document),
            isRefusedWith: row.expected
        )
    }

    @Test func `Who is trusted must be there`() throws {
        let nobody = "arn:aws:iam::000000000000:role/nobody"
        try vault.expect(
            .updateAssumeRolePolicy,
            members(IAMDocument.trusting(#"{"AWS":"\#(nobody)"}"#)),
            isRefusedWith: Refusal(
                "MalformedPolicyDocument",
                #"Invalid principal in policy: "AWS":"\#(nobody)""#
            )
        )
        let own = IAMDocument.trusting(#"{"AWS":"arn:aws:iam::000000000000:role/task"}"#)
        try vault.iam(.updateAssumeRolePolicy, members(own))
    }

    @Test func `It has at most 2,048 characters, white space apart`() throws {
        let sid = long(2_048)
        let document = IAMDocument.trust
            .replacing(#"{"Effect""#, with: #"{"Sid":"\#(sid)","Effect""#)
        try vault.expect(
            .updateAssumeRolePolicy,
            members(document),
            isRefusedWith: Refusal("LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048")
        )
    }
}
