import AWS
import JSON
import TestSupport
import Testing

@Suite struct SimulatePrincipalPolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault.furnished()
        for holder in Holder.allCases {
            try vault.putPolicy(
                "own",
                PolicyDraft.statement("Allow", "secretsmanager:PutSecretValue"),
                of: holder,
                "empty"
            )
        }
    }

    private func simulate(
        _ arn: String,
        _ actions: [String],
        _ others: JSONValue = [:]
    ) throws -> [JSONValue] {
        let members = Refused(others, .malformedInput).members(
            and: [
                "PolicySourceArn": .string(arn),
                "ActionNames": .array(actions.map(JSONValue.string)),
            ]
        )
        return try vault.iam(.simulatePrincipalPolicy, members)["EvaluationResults"]?.elements ?? []
    }

    private static let get = "secretsmanager:GetSecretValue"
    private static let put = "secretsmanager:PutSecretValue"

    @Test(arguments: Holder.allCases)
    func `C85: inline and attached policies decide, and are named`(holder: Holder) throws {
        let arn = holder.arn("empty", path: "/team/")
        try vault.attach(Furniture.policy, to: holder, "empty")
        let results = try simulate(arn, [Self.get, Self.put, "kms:Decrypt"])
        #expect(results.map { $0["EvalDecision"] } == ["allowed", "allowed", "implicitDeny"])
        #expect(
            results.map { $0["MatchedStatements"]?.texts("SourcePolicyId") ?? [] }
                == [["ordinary"], ["\(holder.word)_empty_own"], []]
        )
        #expect(results[0]["OrganizationsDecisionDetail"]?["AllowedByOrganizations"] == true)
    }

    @Test func `A boundary limits what a policy gives, and one that is sent stands in its place`()
        throws
    {
        let arn = Furniture.user
        #expect(try simulate(arn, [Self.get])[0]["EvalDecision"] == "implicitDeny")
        let results = try simulate(
            arn,
            [Self.get],
            [
                "PermissionsBoundaryPolicyInputList": [
                    .string(PolicyDraft.statement("Allow", "secretsmanager:*"))
                ]
            ]
        )
        #expect(results[0]["EvalDecision"] == "allowed")
    }

    @Test func `Policies that are sent count beside those that somebody has`() throws {
        let results = try simulate(
            Holder.user.arn("empty", path: "/team/"),
            ["kms:Decrypt", Self.put],
            [
                "PolicyInputList": [
                    .string(PolicyDraft.statement("Allow", "kms:Decrypt")),
                    .string(PolicyDraft.statement("Deny", Self.put)),
                ]
            ]
        )
        #expect(results.map { $0["EvalDecision"] } == ["allowed", "explicitDeny"])
    }

    @Test func `The station of authorisation knows what a call would bring along`() throws {
        let arn = Holder.user.arn("empty", path: "/team/")
        try vault.putPolicy(
            "own",
            PolicyDraft.statement(
                "Allow",
                Self.get,
                if: #"{"StringEquals":{"aws:username":"empty","aws:SourceVpc":"vpc-1"}}"#
            ),
            of: .user,
            "empty"
        )
        let result = try simulate(arn, [Self.get])[0]
        #expect(result["EvalDecision"] == "implicitDeny")
        #expect(result["MissingContextValues"]?.text == #"["aws:SourceVpc"]"#)
        let entries: JSONValue = [
            ["ContextKeyName": "aws:SourceVpc", "ContextKeyValues": ["vpc-1"]]
        ]
        let told = try simulate(arn, [Self.get], ["ContextEntries": entries])[0]
        #expect(told["EvalDecision"] == "allowed")
    }

    @Test func `Who is not there is not found, and what is nobody is refused`() throws {
        let nobody = "arn:aws:iam::000000000000:user/nobody"
        for (arn, expected) in [
            (nobody, Holder.user.unknown("nobody")),
            ("arn:aws:iam::000000000000:role/nobody", Holder.role.unknown("nobody")),
            (
                "arn:aws:iam::000000000000:root",
                Refusal(
                    "InvalidInput",
                    "Invalid Entity Arn: arn:aws:iam::000000000000:root does not clearly define"
                        + " entity type and name."
                )
            ),
        ] {
            let members: JSONValue = [
                "PolicySourceArn": .string(arn), "ActionNames": ["s3:GetObject"],
            ]
            #expect(vault.refusal(ofIAM: .simulatePrincipalPolicy, members) == expected)
        }
    }
}
