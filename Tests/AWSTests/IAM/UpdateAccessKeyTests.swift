import AWS
import JSON
import TestSupport
import Testing

@Suite struct UpdateAccessKeyTests {
    let vault: ScratchVault
    let id: String

    init() throws {
        vault = try ScratchVault()
        try vault.create(.user, "ci")
        id = try vault.createAccessKey(of: "ci")
    }

    private func status() throws -> [String] {
        try vault.iam(.listAccessKeys, ["UserName": "ci"])["AccessKeyMetadata"]?
            .texts("Status") ?? []
    }

    @Test func `A key is made inactive, and active again`() throws {
        for status in ["Inactive", "Inactive", "Active"] {
            let answer = try vault.iam(
                .updateAccessKey,
                ["UserName": "CI", "AccessKeyId": "\(id)", "Status": "\(status)"]
            )
            #expect(answer.text == "{}")
            #expect(try self.status() == [status])
        }
    }

    @Test func `The other key stays as it is`() throws {
        try vault.createAccessKey(of: "ci")
        try vault.iam(
            .updateAccessKey,
            ["UserName": "ci", "AccessKeyId": "\(id)", "Status": "Inactive"]
        )
        #expect(try status().sorted() == ["Active", "Inactive"])
    }

    @Test func `A key of somebody else is not found`() throws {
        try vault.create(.user, "other")
        for members: JSONValue in [["UserName": "other"], [:]] {
            var members = members
            members.set("AccessKeyId", .string(id))
            members.set("Status", "Inactive")
            try vault.expect(.updateAccessKey, members, isRefusedWith: .noAccessKey(id))
        }
        #expect(try status() == ["Active"])
    }

    @Test func `Without a name it is the caller's own key`() throws {
        let user = try vault.user("caller")
        let own = try vault.createAccessKey(by: user)
        let members: JSONValue = ["AccessKeyId": "\(own)", "Status": "Inactive"]
        try vault.iam(.updateAccessKey, members, by: user)
        let listed = try vault.iam(.listAccessKeys, by: user)["AccessKeyMetadata"]
        #expect(listed?.texts("Status") == ["Inactive"])
        let session = try vault.session("task")
        #expect(vault.refusal(ofIAM: .updateAccessKey, members, by: session) == .userNameNeeded)
    }

    @Test(arguments: refusedKeyIDs)
    func `An id that breaks the model is refused`(row: Refused) throws {
        let members = row.members(and: ["UserName": "ci", "Status": "Inactive"])
        try vault.expect(.updateAccessKey, members, isRefusedWith: row.expected.inQuery)
    }

    @Test func `A status is one of the model's`() throws {
        let key: JSONValue = ["UserName": "ci", "AccessKeyId": "\(id)"]
        try vault.expect(.updateAccessKey, key, isRefusedWith: .missing("status").inQuery)
        var members = key
        members.set("Status", "active")
        let rule = "satisfy enum value set: [Active, Inactive, Expired]"
        try vault.expect(
            .updateAccessKey,
            members,
            isRefusedWith: Refusal.constraint("'active'", "status", rule).inQuery
        )
    }
}
