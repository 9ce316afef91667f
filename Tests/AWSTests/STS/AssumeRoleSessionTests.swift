import AWS
import JSON
import TestSupport
import Testing

/// What a session of a role has: tags, policies, and what the role has now.
@Suite struct AssumeRoleSessionTests {
    let vault: ScratchVault
    private let role = "arn:aws:iam::000000000000:role/task"

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        try vault.create(
            .role,
            "task",
            [
                "Tags": [["Key": "team", "Value": "role's"], ["Key": "x", "Value": "1"]],
                "AssumeRolePolicyDocument": .string(
                    IAMDocument.trusting(#"{"AWS":"*"}"#, "sts:AssumeRole", "sts:TagSession")
                ),
            ]
        )
        try vault.putPolicy(
            "own",
            PolicyDraft.statement("Allow", "iam:List*", "sts:*"),
            of: .role,
            "task"
        )
    }

    private func tags(of answer: JSONValue) throws -> [String] {
        try vault.caller(of: answer).principal.tags.map { "\($0.key)=\($0.value)" }.sorted()
    }

    private func isRefused(_ action: IAMAction, _ answer: JSONValue) throws -> Bool {
        let session = try vault.caller(of: answer)
        return vault.refusal(ofIAM: action, by: session)?.code == "AccessDenied"
    }

    // MARK: Policies

    @Test func `A session may do what its role may, as the role is now`() throws {
        let answer = try vault.assume(role)
        #expect(try !isRefused(.listUsers, answer))
        #expect(try !isRefused(.listRoles, answer))
        try vault.iam(.deleteRolePolicy, ["RoleName": "task", "PolicyName": "own"])
        #expect(try isRefused(.listUsers, answer))
    }

    @Test func `C45: a session policy takes away, gives nothing, and its size is told`() throws {
        let answer = try vault.assume(
            role,
            ["Policy": .string(PolicyDraft.statement("Allow", "iam:ListUsers", "iam:GetRole"))]
        )
        #expect(answer["PackedPolicySize"]?.integer ?? 0 >= 1)
        #expect(try !isRefused(.listUsers, answer))
        #expect(try isRefused(.listRoles, answer))
        let session = try vault.caller(of: answer)
        let get = vault.refusal(ofIAM: .getRole, ["RoleName": "task"], by: session)
        #expect(get?.code == "AccessDenied")
    }

    @Test func `A managed session policy counts as it is now`() throws {
        let policy = try vault.createPolicy("few", PolicyDraft.statement("Allow", "iam:ListUsers"))
        let answer = try vault.assume(role, ["PolicyArns": [["arn": "\(policy)"]]])
        #expect(try !isRefused(.listUsers, answer))
        #expect(try isRefused(.listRoles, answer))
        try vault.addVersion(
            to: policy,
            PolicyDraft.statement("Allow", "iam:ListRoles"),
            asDefault: true
        )
        #expect(try isRefused(.listUsers, answer))
        #expect(try !isRefused(.listRoles, answer))
    }

    @Test func `At most ten managed policies make a session`() {
        let arns = (0..<11).map { JSONValue.string("arn:aws:iam::000000000000:policy/p\($0)") }
        let members: JSONValue = ["PolicyArns": .array(arns.map { ["arn": $0] })]
        let refused = vault.refusal(ofAssuming: role, members)
        #expect(refused?.code == "ValidationError")
        #expect(refused?.text?.contains("at 'policyArns' failed to satisfy constraint") == true)
    }

    // MARK: Tags

    @Test func `A session has its role's tags, and over them its own`() throws {
        let answer = try vault.assume(
            role,
            ["Tags": [["Key": "Team", "Value": "session's"], ["Key": "y", "Value": "2"]]]
        )
        #expect(try tags(of: answer) == ["Team=session's", "x=1", "y=2"])
        #expect(try tags(of: try vault.assume(role)) == ["team=role's", "x=1"])
    }

    @Test func `A transitive tag goes on in a chain, and others do not`() throws {
        let first = try vault.assume(
            role,
            [
                "Tags": [["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"]],
                "TransitiveTagKeys": ["a"],
            ]
        )
        let second = try vault.assume(role, by: try vault.caller(of: first))
        #expect(try tags(of: second) == ["a=1", "team=role's", "x=1"])
        let third = try vault.assume(role, by: try vault.caller(of: second))
        #expect(try tags(of: third) == ["a=1", "team=role's", "x=1"])
    }

    @Test func `Policies see the tags of a session`() throws {
        try vault.putPolicy(
            "tagged",
            PolicyDraft.statement(
                "Allow",
                "iam:GetRole",
                if: #"{"StringEquals":{"aws:PrincipalTag/team":"payments"}}"#
            ),
            of: .role,
            "task"
        )
        func refusal(_ team: String) throws -> Refusal? {
            let answer = try vault.assume(role, ["Tags": [["Key": "team", "Value": "\(team)"]]])
            let session = try vault.caller(of: answer)
            return vault.refusal(ofIAM: .getRole, ["RoleName": "task"], by: session)
        }
        #expect(try refusal("payments") == nil)
        #expect(try refusal("others")?.code == "AccessDenied")
    }
}
