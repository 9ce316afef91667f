import AWS
import JSON
import TestSupport
import Testing

@Suite struct CreatePolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func members(_ others: JSONValue = [:]) -> JSONValue {
        Refused(others, .malformedInput)
            .members(and: ["PolicyName": "read", "PolicyDocument": "\(IAMDocument.read)"])
    }

    @Test func `A policy begins with version 1, attached to nobody`() throws {
        let policy = try #require(try vault.iam(.createPolicy, members())["Policy"])
        let id = try #require(policy["PolicyId"]?.string)
        #expect(id.hasPrefix("ANPA"))
        #expect(id.count == 21)
        #expect(
            policy.text
                == #"{"PolicyName":"read","PolicyId":"\#(id)","#
                + #""Arn":"arn:aws:iam::000000000000:policy/read","Path":"/","#
                + #""DefaultVersionId":"v1","AttachmentCount":0,"#
                + #""PermissionsBoundaryUsageCount":0,"IsAttachable":true,"#
                + #""CreateDate":"2026-01-15T10:00:00Z","UpdateDate":"2026-01-15T10:00:00Z"}"#
        )
        #expect(try vault.versions(of: "arn:aws:iam::000000000000:policy/read") == ["v1*"])
    }

    @Test func `A path, a description and tags are kept`() throws {
        let policy = try vault.iam(
            .createPolicy,
            members([
                "Path": "/team/", "Description": "reads", "Tags": [["Key": "a", "Value": "1"]],
            ])
        )["Policy"]
        #expect(policy?["Arn"] == "arn:aws:iam::000000000000:policy/team/read")
        let described = try vault.describePolicy("arn:aws:iam::000000000000:policy/team/read")
        #expect(described["Description"] == "reads")
        #expect(described["Path"] == "/team/")
        #expect(described["Tags"]?.tagTexts == ["a=1"])
    }

    @Test func `A name is taken without regard to case and path, and free elsewhere`() throws {
        try vault.createPolicy("read")
        for name in ["read", "READ"] {
            try vault.expect(
                .createPolicy,
                members(["PolicyName": "\(name)", "Path": "/other/"]),
                isRefusedWith: Refusal(
                    "EntityAlreadyExists",
                    "A policy called \(name) already exists. Duplicate names are not allowed."
                )
            )
        }
        let arn = try vault.createPolicy("read", by: stranger)
        #expect(arn == "arn:aws:iam::111122223333:policy/read")
    }

    @Test func `A policy has at most 6,144 characters, white space apart`() throws {
        let document = IAMDocument.read(ofLength: 6_145)
        try vault.expect(
            .createPolicy,
            members(["PolicyDocument": "\(document)"]),
            isRefusedWith: Refusal("LimitExceeded", "Cannot exceed quota for PolicySize: 6144")
        )
        try vault.createPolicy("read", IAMDocument.read(ofLength: 6_144))
    }

    @Test(arguments: IAMDocument.malformed)
    func `What is no policy makes none`(row: Malformed) throws {
        try vault.expect(
            .createPolicy,
            members(["PolicyDocument": "\(row.document)"]),
            isRefusedWith: row.expected
        )
    }

    @Test(arguments: refusedIAMTags)
    func `Tags that IAM refuses make no policy`(row: Refused) throws {
        try vault.expect(.createPolicy, members(row.members), isRefusedWith: row.expected)
    }

    @Test(arguments: refusedPolicies)
    func `A request that breaks the model makes no policy`(row: Refused) throws {
        try vault.expect(
            .createPolicy,
            members(row.members),
            isRefusedWith: row.expected.inQuery
        )
    }

    @Test func `A policy needs a name and a document`() throws {
        try vault.expect(
            .createPolicy,
            isRefusedWith: .missing("policyName", "policyDocument").inQuery
        )
    }
}

private let refusedPolicies = [
    Refused(
        ["PolicyName": "\(long(129))"],
        .constraint("'\(long(129))'", "policyName", atMost(128))
    ),
    Refused(
        ["PolicyName": "a b"],
        .constraint("'a b'", "policyName", "satisfy regular expression pattern: [\\w+=,.@-]+")
    ),
    Refused(["PolicyDocument": ""], .constraint("''", "policyDocument", atLeast(1))),
    Refused(
        ["Description": "\(long(1_001))"],
        .constraint("'\(long(1_001))'", "description", atMost(1_000))
    ),
]
