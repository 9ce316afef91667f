import AWS
import JSON
import TestSupport
import Testing

@Suite struct CreateUserTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `A user is answered with its path, its id, its ARN and its date`() throws {
        let user = try vault.create(.user, "ci")
        let id = try #require(user["UserId"]?.string)
        #expect(
            user.text
                == #"{"Path":"/","UserName":"ci","UserId":"\#(id)","#
                + #""Arn":"arn:aws:iam::000000000000:user/ci","CreateDate":"2026-01-15T10:00:00Z"}"#
        )
        #expect(id.hasPrefix("AIDA"))
        #expect(id.count == 21)
        #expect(id.allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".contains($0) })
        #expect(try vault.describe(.user, "ci") == user)
    }

    @Test func `A path, a boundary and tags are kept, and shown when they were sent`() throws {
        let boundary = try vault.createPolicy("boundary")
        let user = try vault.create(
            .user,
            "ci",
            [
                "Path": "/team/a/", "PermissionsBoundary": "\(boundary)",
                "Tags": [["Key": "a", "Value": "1"], ["Key": "b", "Value": ""]],
            ]
        )
        #expect(user["Arn"]?.string == "arn:aws:iam::000000000000:user/team/a/ci")
        #expect(user["Path"] == "/team/a/")
        #expect(
            user["PermissionsBoundary"]?.text
                == #"{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"\#(boundary)"}"#
        )
        #expect(user["Tags"]?.tagTexts == ["a=1", "b="])
        #expect(try vault.describe(.user, "ci") == user)
    }

    @Test func `A policy of AWS can be the boundary`() throws {
        let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        let user = try vault.create(.user, "ci", ["PermissionsBoundary": "\(arn)"])
        #expect(user["PermissionsBoundary"]?["PermissionsBoundaryArn"]?.string == arn)
    }

    @Test func `A name is taken without regard to case, and free in other accounts`() throws {
        try vault.create(.user, "ci")
        for name in ["ci", "CI"] {
            try vault.expect(
                .createUser,
                ["UserName": "\(name)", "Path": "/elsewhere/"],
                isRefusedWith: Refusal(
                    "EntityAlreadyExists",
                    "User with name \(name) already exists."
                )
            )
        }
        try vault.create(.role, "ci")
        let other = try vault.create(.user, "ci", by: stranger)
        #expect(other["Arn"]?.string == "arn:aws:iam::111122223333:user/ci")
    }

    @Test func `A boundary that cannot be attached makes no user`() throws {
        let foreign = try vault.createPolicy("boundary", by: stranger)
        for arn in [foreign, "arn:aws:iam::000000000000:policy/nobodys"] {
            try vault.expect(
                .createUser,
                ["UserName": "ci", "PermissionsBoundary": "\(arn)"],
                isRefusedWith: .notAttachable(arn)
            )
        }
    }

    @Test(arguments: refusedIAMTags)
    func `Tags that IAM refuses make no user`(row: Refused) throws {
        let members = row.members(and: ["UserName": "ci"])
        try vault.expect(.createUser, members, isRefusedWith: row.expected)
    }

    @Test(arguments: refusedUsers)
    func `A request that breaks the model makes no user`(row: Refused) throws {
        try vault.expect(.createUser, row.members, isRefusedWith: row.expected.inQuery)
    }

    @Test func `The longest name has 64 characters of many kinds`() throws {
        let name = "Aa0_+=,.@-" + long(54)
        #expect(try vault.create(.user, name)["UserName"]?.string == name)
    }
}

private let namePattern = "satisfy regular expression pattern: [\\w+=,.@-]+"

private let refusedUsers = [
    Refused([:], .missing("userName")),
    Refused(["UserName": "\(long(65))"], .constraint("'\(long(65))'", "userName", atMost(64))),
    Refused(["UserName": "\(long(129))"], .constraint("'\(long(129))'", "userName", atMost(64))),
    Refused(["UserName": "a b"], .constraint("'a b'", "userName", namePattern)),
    Refused(["UserName": "ü"], .constraint("'ü'", "userName", namePattern)),
    Refused(
        ["UserName": "a", "Path": "team"],
        .constraint(
            "'team'",
            "path",
            "satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)"
        )
    ),
    Refused(
        ["UserName": "a", "PermissionsBoundary": "short"],
        .constraint("'short'", "permissionsBoundary", atLeast(20))
    ),
]
