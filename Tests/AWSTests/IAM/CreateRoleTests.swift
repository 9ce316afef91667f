import AWS
import JSON
import TestSupport
import Testing

@Suite struct CreateRoleTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `A role is answered with its ids, its date and its trust policy escaped`() throws {
        let role = try vault.create(.role, "task")
        let id = try #require(role["RoleId"]?.string)
        #expect(id.hasPrefix("AROA"))
        #expect(id.count == 21)
        #expect(role["Path"] == "/")
        #expect(role["RoleName"] == "task")
        #expect(role["Arn"] == "arn:aws:iam::000000000000:role/task")
        #expect(role["CreateDate"] == "2026-01-15T10:00:00Z")
        #expect(
            role["AssumeRolePolicyDocument"]?.string == IAMDocument.escaped(IAMDocument.trust)
        )
        #expect(role["Tags"] == nil)
        #expect(role["PermissionsBoundary"] == nil)
    }

    @Test func `All that is sent is kept`() throws {
        let boundary = try vault.createPolicy("boundary")
        let role = try vault.create(
            .role,
            "task",
            [
                "Path": "/service/", "Description": "the task's", "MaxSessionDuration": "43200",
                "PermissionsBoundary": "\(boundary)", "Tags": [["Key": "a", "Value": "1"]],
            ]
        )
        #expect(role["Arn"] == "arn:aws:iam::000000000000:role/service/task")
        #expect(role["PermissionsBoundary"]?["PermissionsBoundaryArn"]?.string == boundary)
        #expect(role["Tags"]?.tagTexts == ["a=1"])
        let described = try vault.describe(.role, "task")
        #expect(described["Description"] == "the task's")
        #expect(described["MaxSessionDuration"] == 43_200)
        #expect(described["Path"] == "/service/")
        #expect(described["PermissionsBoundary"] == role["PermissionsBoundary"])
        #expect(described["Tags"] == role["Tags"])
    }

    @Test func `A session lasts an hour at most unless told`() throws {
        try vault.create(.role, "task")
        #expect(try vault.describe(.role, "task")["MaxSessionDuration"] == 3_600)
    }

    @Test func `A name is taken without regard to case, and free in other accounts`() throws {
        try vault.create(.role, "task")
        for name in ["task", "Task"] {
            try vault.expect(
                .createRole,
                ["RoleName": "\(name)", "AssumeRolePolicyDocument": "\(IAMDocument.trust)"],
                isRefusedWith: Refusal(
                    "EntityAlreadyExists",
                    "Role with name \(name) already exists."
                )
            )
        }
        try vault.create(.user, "task")
        let other = try vault.create(.role, "task", by: stranger)
        #expect(other["Arn"] == "arn:aws:iam::111122223333:role/task")
    }

    @Test(arguments: IAMDocument.malformedTrust)
    func `What is no trust policy makes no role`(row: Malformed) throws {
        try vault.expect(
            .createRole,
            ["RoleName": "task", "AssumeRolePolicyDocument": "\(row.document)"],
            isRefusedWith: row.expected
        )
    }

    @Test func `A trust policy with a Resource is no trust policy`() throws {
        let document = PolicyDraft.statement("Allow", "sts:AssumeRole", principal: #""*""#)
        let refused = vault.refusal(
            ofIAM: .createRole,
            ["RoleName": "task", "AssumeRolePolicyDocument": "\(document)"]
        )
        #expect(refused?.code == "MalformedPolicyDocument")
        #expect(refused?.text?.hasPrefix("Has prohibited field Resource") == true)
    }

    @Test func `A trust policy has at most 2,048 characters, white space apart`() throws {
        func trust(_ count: Int) -> JSONValue {
            let filled = String(repeating: " ", count: 100) + IAMDocument.trust
            let sid = long(count - IAMDocument.trust.utf8.count - #""Sid":"","#.utf8.count)
            return .string(
                filled.replacing(#"{"Effect""#, with: #"{"Sid":"\#(sid)","Effect""#)
            )
        }
        try vault.expect(
            .createRole,
            ["RoleName": "task", "AssumeRolePolicyDocument": trust(2_049)],
            isRefusedWith: Refusal(
                "LimitExceeded",
                "Cannot exceed quota for ACLSizePerRole: 2048"
            )
        )
        try vault.create(.role, "task", ["AssumeRolePolicyDocument": trust(2_048)])
    }

    @Test func `Who is trusted must be there, in accounts of which anybody is known`() throws {
        try vault.create(.user, "ci")
        let nobody = "arn:aws:iam::000000000000:user/nobody"
        try vault.expect(
            .createRole,
            [
                "RoleName": "task",
                "AssumeRolePolicyDocument": .string(
                    IAMDocument.trusting(#"{"AWS":"\#(nobody)"}"#)
                ),
            ],
            isRefusedWith: Refusal(
                "MalformedPolicyDocument",
                #"Invalid principal in policy: "AWS":"\#(nobody)""#
            )
        )
        for arn in ["arn:aws:iam::000000000000:user/ci", "arn:aws:iam::222222222222:role/theirs"] {
            let trust = IAMDocument.trusting(#"{"AWS":"\#(arn)"}"#)
            let name = arn.split(separator: "/").last ?? ""
            try vault.create(.role, "for-\(name)", ["AssumeRolePolicyDocument": "\(trust)"])
        }
    }

    @Test func `A boundary that cannot be attached makes no role`() throws {
        let foreign = try vault.createPolicy("boundary", by: stranger)
        try vault.expect(
            .createRole,
            [
                "RoleName": "task", "AssumeRolePolicyDocument": "\(IAMDocument.trust)",
                "PermissionsBoundary": "\(foreign)",
            ],
            isRefusedWith: .notAttachable(foreign)
        )
    }

    @Test(arguments: refusedIAMTags)
    func `Tags that IAM refuses make no role`(row: Refused) throws {
        let members = row.members(
            and: ["RoleName": "task", "AssumeRolePolicyDocument": "\(IAMDocument.trust)"]
        )
        try vault.expect(.createRole, members, isRefusedWith: row.expected)
    }

    @Test(arguments: refusedRoles)
    func `A request that breaks the model makes no role`(row: Refused) throws {
        let members = row.members(
            and: ["RoleName": "task", "AssumeRolePolicyDocument": "\(IAMDocument.trust)"]
        )
        try vault.expect(.createRole, members, isRefusedWith: row.expected.inQuery)
    }

    @Test func `A role needs a name and a trust policy`() throws {
        try vault.expect(
            .createRole,
            isRefusedWith: .missing("roleName", "assumeRolePolicyDocument").inQuery
        )
    }
}

private let refusedRoles = [
    Refused(["RoleName": "\(long(65))"], .constraint("'\(long(65))'", "roleName", atMost(64))),
    Refused(
        ["RoleName": "a/b"],
        .constraint("'a/b'", "roleName", "satisfy regular expression pattern: [\\w+=,.@-]+")
    ),
    Refused(
        ["AssumeRolePolicyDocument": ""],
        .constraint("''", "assumeRolePolicyDocument", atLeast(1))
    ),
    Refused(
        ["Description": "\(long(1_001))"],
        .constraint("'\(long(1_001))'", "description", atMost(1_000))
    ),
    Refused(
        ["MaxSessionDuration": "3599"],
        .constraint("'3599'", "maxSessionDuration", "have value greater than or equal to 3600")
    ),
    Refused(
        ["MaxSessionDuration": "43201"],
        .constraint("'43201'", "maxSessionDuration", "have value less than or equal to 43200")
    ),
    Refused(["MaxSessionDuration": "long"], .malformedInput),
    Refused(
        ["PermissionsBoundary": "short"],
        .constraint("'short'", "permissionsBoundary", atLeast(20))
    ),
]
