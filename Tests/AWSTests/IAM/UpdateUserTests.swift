import AWS
import JSON
import TestSupport
import Testing

@Suite struct UpdateUserTests {
    let vault: ScratchVault
    let id: String?

    init() throws {
        vault = try ScratchVault()
        id = try vault.create(.user, "ci", ["Path": "/team/"])["UserId"]?.string
    }

    @Test func `A user gets another name and path, and is the same one`() throws {
        try vault.attach("arn:aws:iam::aws:policy/ReadOnlyAccess", to: .user, "ci")
        let key = try vault.createAccessKey(of: "ci")
        let answer = try vault.iam(
            .updateUser,
            ["UserName": "CI", "NewUserName": "deploy", "NewPath": "/ops/"]
        )
        #expect(answer.text == "{}")
        let user = try vault.describe(.user, "deploy")
        #expect(user["Arn"] == "arn:aws:iam::000000000000:user/ops/deploy")
        #expect(user["UserId"]?.string == id)
        #expect(try vault.attachedPolicies(of: .user, "deploy").count == 1)
        let keys = try vault.iam(.listAccessKeys, ["UserName": "deploy"])["AccessKeyMetadata"]
        #expect(keys?.texts("AccessKeyId") == [key])
        #expect(vault.refusal(ofIAM: .getUser, ["UserName": "ci"]) == Holder.user.unknown("ci"))
    }

    @Test func `What is not sent stays`() throws {
        try vault.iam(.updateUser, ["UserName": "ci", "NewUserName": "deploy"])
        #expect(try vault.describe(.user, "deploy")["Path"] == "/team/")
        try vault.iam(.updateUser, ["UserName": "deploy", "NewPath": "/"])
        #expect(
            try vault.describe(.user, "deploy")["Arn"] == "arn:aws:iam::000000000000:user/deploy"
        )
    }

    @Test func `A name that another user has is refused, one's own in capitals is not`() throws {
        try vault.create(.user, "other")
        try vault.expect(
            .updateUser,
            ["UserName": "ci", "NewUserName": "OTHER", "NewPath": "/x/"],
            isRefusedWith: Refusal(
                "EntityAlreadyExists",
                "User with name OTHER already exists."
            )
        )
        try vault.iam(.updateUser, ["UserName": "ci", "NewUserName": "CI"])
        #expect(try vault.describe(.user, "ci")["UserName"] == "CI")
    }

    @Test func `A name that is free again can be taken`() throws {
        try vault.iam(.updateUser, ["UserName": "ci", "NewUserName": "deploy"])
        try vault.create(.user, "ci")
        #expect(try vault.iam(.listUsers)["Users"]?.texts("UserName") == ["ci", "deploy"])
    }

    @Test(arguments: [
        Refused(
            ["NewUserName": "\(long(65))"],
            .constraint("'\(long(65))'", "newUserName", atMost(64))
        ),
        Refused(
            ["NewUserName": "a b"],
            .constraint("'a b'", "newUserName", "satisfy regular expression pattern: [\\w+=,.@-]+")
        ),
        Refused(
            ["NewPath": "ops"],
            .constraint(
                "'ops'",
                "newPath",
                "satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)"
            )
        ),
    ])
    func `A new name and path keep the bounds of names and paths`(row: Refused) throws {
        try vault.expect(
            .updateUser,
            row.members(and: ["UserName": "ci", "NewUserName": "x", "NewPath": "/x/"]),
            isRefusedWith: row.expected.inQuery
        )
    }
}
