import AWS
import JSON
import TestSupport
import Testing

@Suite struct DeleteAccessKeyTests {
    let vault: ScratchVault
    let id: String

    init() throws {
        vault = try ScratchVault()
        try vault.create(.user, "ci")
        id = try vault.createAccessKey(of: "ci")
    }

    private func keys(of user: String) throws -> [String] {
        try vault.iam(.listAccessKeys, ["UserName": "\(user)"])["AccessKeyMetadata"]?
            .texts("AccessKeyId") ?? []
    }

    @Test func `A key goes for good, and the others stay`() throws {
        let other = try vault.createAccessKey(of: "ci")
        let members: JSONValue = ["UserName": "CI", "AccessKeyId": "\(id)"]
        #expect(try vault.iam(.deleteAccessKey, members).text == "{}")
        #expect(try keys(of: "ci") == [other])
        try vault.expect(.deleteAccessKey, members, isRefusedWith: .noAccessKey(id))
        #expect(
            vault.refusal(ofIAM: .getAccessKeyLastUsed, ["AccessKeyId": "\(id)"])
                == .noAccessKey(id)
        )
    }

    @Test func `A key of somebody else is not found`() throws {
        try vault.create(.user, "other")
        let members: JSONValue = ["UserName": "other", "AccessKeyId": "\(id)"]
        try vault.expect(.deleteAccessKey, members, isRefusedWith: .noAccessKey(id))
        try vault.expect(
            .deleteAccessKey,
            ["AccessKeyId": "\(id)"],
            isRefusedWith: .noAccessKey(id)
        )
        try vault.create(.user, "ci", by: stranger)
        try vault.expect(
            .deleteAccessKey,
            ["UserName": "ci", "AccessKeyId": "\(id)"],
            by: stranger,
            isRefusedWith: .noAccessKey(id)
        )
        #expect(try keys(of: "ci") == [id])
    }

    @Test func `Without a name it is the caller's own key`() throws {
        let user = try vault.user("caller")
        let own = try vault.createAccessKey(by: user)
        try vault.iam(.deleteAccessKey, ["AccessKeyId": "\(own)"], by: user)
        #expect(try keys(of: "caller") == [])
        let session = try vault.session("task")
        #expect(
            vault.refusal(ofIAM: .deleteAccessKey, ["AccessKeyId": "\(id)"], by: session)
                == .userNameNeeded
        )
    }

    @Test(arguments: refusedKeyIDs)
    func `An id that breaks the model is refused`(row: Refused) throws {
        let members = row.members(and: ["UserName": "ci"])
        try vault.expect(.deleteAccessKey, members, isRefusedWith: row.expected.inQuery)
    }
}

/// Ids that no access key can have.
let refusedKeyIDs = [
    Refused([:], .missing("accessKeyId")),
    Refused(["AccessKeyId": "AKIA"], .constraint("'AKIA'", "accessKeyId", atLeast(16))),
    Refused(
        ["AccessKeyId": "\(long(129))"],
        .constraint("'\(long(129))'", "accessKeyId", atMost(128))
    ),
    Refused(
        ["AccessKeyId": "AKIA-AAAAAAAAAAAA"],
        .constraint(
            "'AKIA-AAAAAAAAAAAA'",
            "accessKeyId",
            "satisfy regular expression pattern: [\\w]+"
        )
    ),
]
