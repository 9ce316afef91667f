import AWS
import JSON
import TestSupport
import Testing

@Suite struct SimulateCustomPolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func simulate(_ members: JSONValue) throws -> [JSONValue] {
        try vault.iam(.simulateCustomPolicy, members)["EvaluationResults"]?.elements ?? []
    }

    private static let read = PolicyDraft.statement("Allow", "s3:GetObject", on: "arn:aws:s3:::b/*")
    private static let deny = PolicyDraft.statement("Deny", "s3:*", on: "arn:aws:s3:::b/secret")

    @Test func `C85: the answer names the statements that decided, and where they stand`() throws {
        let policy =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","#
            + #""Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"#
            + #""2015-08-16T12:00:00Z"}}}}"#
        let results = try simulate([
            "PolicyInputList": [.string(policy)], "ActionNames": ["dynamodb:CreateBackup"],
            "ContextEntries": [
                [
                    "ContextKeyName": "aws:CurrentTime", "ContextKeyType": "date",
                    "ContextKeyValues": ["2016-04-25T11:00:00Z"],
                ]
            ],
        ])
        #expect(results.count == 1)
        let result = results[0]
        #expect(result["EvalActionName"] == "dynamodb:CreateBackup")
        #expect(result["EvalResourceName"] == "*")
        #expect(result["EvalDecision"] == "allowed")
        #expect(result["MissingContextValues"]?.text == "[]")
        #expect(result["EvalDecisionDetails"]?.text == "{}")
        #expect(result["OrganizationsDecisionDetail"] == nil)
        let statement = try #require(result["MatchedStatements"]?[0])
        #expect(statement["SourcePolicyId"] == "PolicyInputList.1")
        #expect(statement["SourcePolicyType"] == "IAM Policy")
        #expect(statement["StartPosition"]?.text == #"{"Column":38,"Line":1}"#)
        #expect(statement["EndPosition"]?.text == #"{"Column":167,"Line":1}"#)
    }

    @Test func `C85: several resources have one result, with the worst decision`() throws {
        let results = try simulate([
            "PolicyInputList": [.string(Self.read), .string(Self.deny)],
            "ActionNames": ["s3:GetObject"],
            "ResourceArns": ["arn:aws:s3:::b/open", "arn:aws:s3:::b/secret", "arn:aws:s3:::c/x"],
        ])
        #expect(results.count == 1)
        #expect(results[0]["EvalResourceName"] == "arn:aws:s3:::${BucketName}/${KeyName}")
        #expect(results[0]["EvalDecision"] == "explicitDeny")
        #expect(
            results[0]["MatchedStatements"]?.texts("SourcePolicyId") == ["PolicyInputList.2"]
        )
        let parts = results[0]["ResourceSpecificResults"]
        #expect(
            parts?.texts("EvalResourceDecision") == ["allowed", "explicitDeny", "implicitDeny"]
        )
        #expect(parts?[0]?["MatchedStatements"]?.texts("SourcePolicyId") == ["PolicyInputList.1"])
        #expect(parts?[1]?["MatchedStatements"]?.texts("SourcePolicyId") == ["PolicyInputList.2"])
        #expect(parts?[2]?["MatchedStatements"]?.text == "[]")
    }

    @Test func `What the policies look at and nobody sent is missing`() throws {
        let policy = PolicyDraft.statement(
            "Allow",
            "kms:Decrypt",
            if: #"{"StringEquals":{"kms:ViaService":"x","aws:username":"u"}}"#
        )
        let results = try simulate([
            "PolicyInputList": [.string(policy)], "ActionNames": ["kms:Decrypt"],
            "ContextEntries": [
                ["ContextKeyName": "AWS:Username", "ContextKeyValues": ["u"]]
            ],
        ])
        #expect(results[0]["EvalDecision"] == "implicitDeny")
        #expect(results[0]["MissingContextValues"]?.text == #"["kms:ViaService"]"#)
    }

    @Test func `A boundary limits, and is told of`() throws {
        let results = try simulate([
            "PolicyInputList": [.string(PolicyDraft.statement("Allow", "*"))],
            "PermissionsBoundaryPolicyInputList": [
                .string(PolicyDraft.statement("Allow", "s3:*"))
            ],
            "ActionNames": ["s3:GetObject", "kms:Decrypt"],
        ])
        #expect(results.map { $0["EvalDecision"] } == ["allowed", "implicitDeny"])
        #expect(
            results.map { $0["PermissionsBoundaryDecisionDetail"]?["AllowedByPermissionsBoundary"] }
                == [true, false]
        )
    }

    @Test func `A resource's policy allows who is named as the caller`() throws {
        let policy = PolicyDraft.statement(
            "Allow",
            "s3:GetObject",
            principal: #"{"AWS":"arn:aws:iam::000000000000:user/mara"}"#
        )
        var members: JSONValue = [
            "PolicyInputList": [.string(PolicyDraft.statement("Allow", "kms:*"))],
            "ActionNames": ["s3:GetObject"], "ResourcePolicy": .string(policy),
            "CallerArn": "arn:aws:iam::000000000000:user/mara",
        ]
        #expect(try simulate(members)[0]["EvalDecision"] == "allowed")
        members.set("CallerArn", "arn:aws:iam::000000000000:user/liv")
        #expect(try simulate(members)[0]["EvalDecision"] == "implicitDeny")
    }

    @Test func `Results come in pages`() throws {
        let pages = try vault.pages(
            .simulateCustomPolicy,
            [
                "PolicyInputList": [.string(Self.read)],
                "ActionNames": ["s3:GetObject", "s3:PutObject", "s3:GetObject"], "MaxItems": "2",
            ],
            "EvaluationResults"
        )
        #expect(pages.map(\.count) == [2, 1])
    }

    @Test(arguments: [
        (
            #"{"Statement":{"Effect":"Allow","Resource":"*"}}"#,
            "Policy statement must contain actions."
        ),
        (
            #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3"}}"#,
            "The policy failed legacy parsing"
        ),
        (
            #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:here::x"}}"#,
            "Resource arn:aws:s3:here::x can not contain region information."
        ),
    ])
    func `C81: what IAM has words of its own for is refused in them`(
        policy: String,
        sentence: String
    ) {
        for boundary in [false, true] {
            let list = boundary ? "PermissionsBoundaryPolicyInputList" : "PolicyInputList"
            var members: JSONValue = ["ActionNames": ["s3:GetObject"], "PolicyInputList": []]
            members.set(list, [.string(policy)])
            #expect(
                vault.refusal(ofIAM: .simulateCustomPolicy, members)
                    == Refusal("InvalidInput", "\(list).1 has syntax errors. \(sentence)")
            )
        }
    }

    @Test func `What is no policy, action or resource is refused`() throws {
        let fitting: JSONValue = [
            "PolicyInputList": [.string(Self.read)], "ActionNames": ["s3:GetObject"],
        ]
        for (member, value) in [
            ("PolicyInputList", ["{}"] as JSONValue), ("ActionNames", ["GetObject"]),
            ("ResourceArns", ["bucket"]),
        ] {
            var members = fitting
            members.set(member, value)
            try vault.expectCode("InvalidInput", of: .simulateCustomPolicy, members)
        }
        for (member, value) in [
            ("ActionNames", ["s"] as JSONValue), ("MaxItems", "0"),
            ("ContextEntries", [["ContextKeyName": "aws:x", "ContextKeyType": "word"]]),
        ] {
            var members = fitting
            members.set(member, value)
            try vault.expectCode("ValidationError", of: .simulateCustomPolicy, members)
        }
    }
}

extension ScratchVault {
    /// Sees to it that a call of IAM is refused with a code.
    func expectCode(
        _ code: String,
        of action: IAMAction,
        _ members: JSONValue,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let refused = refusal(ofIAM: action, members)
        #expect(refused?.code == code, "\(members.text)", sourceLocation: location)
    }
}
