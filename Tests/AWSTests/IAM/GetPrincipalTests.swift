import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetPrincipalTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .getUser, role: .getRole)
    }

    @Test(arguments: Holder.allCases)
    func `It is shown under the name it was made with, by any spelling`(holder: Holder) throws {
        try vault.create(holder, "Ci", ["Path": "/team/"])
        let shown = try vault.describe(holder, "cI")
        #expect(shown[holder.nameMember] == "Ci")
        #expect(shown["Arn"]?.string == holder.arn("Ci", path: "/team/"))
        #expect(shown["CreateDate"] == "2026-01-15T10:00:00Z")
        #expect(shown["Tags"] == nil)
        #expect(shown["PermissionsBoundary"] == nil)
    }

    @Test func `A role is shown whole`() throws {
        try vault.create(.role, "task", ["Description": "d"])
        let role = try vault.describe(.role, "task")
        let id = try #require(role["RoleId"]?.string)
        #expect(
            role.text
                == #"{"Path":"/","RoleName":"task","RoleId":"\#(id)","#
                + #""Arn":"arn:aws:iam::000000000000:role/task","#
                + #""CreateDate":"2026-01-15T10:00:00Z","AssumeRolePolicyDocument":""#
                + IAMDocument.escaped(IAMDocument.trust)
                + #"","Description":"d","MaxSessionDuration":3600,"RoleLastUsed":{}}"#
        )
    }

    @Test func `Who names no user is told of itself`() throws {
        let user = try vault.user("caller", tags: [Tag(key: "a", value: "1")])
        let shown = try #require(try vault.iam(.getUser, by: user)["User"])
        #expect(shown == (try vault.describe(.user, "caller")))
        #expect(shown["Tags"]?.tagTexts == ["a=1"])
    }

    @Test func `The root is its account`() throws {
        let shown = try #require(try vault.iam(.getUser)["User"])
        #expect(shown["UserId"] == "000000000000")
        #expect(shown["Arn"] == "arn:aws:iam::000000000000:root")
        #expect(shown["UserName"] == nil)
    }

    @Test func `A session is no user`() throws {
        let session = try vault.session("task")
        #expect(vault.refusal(ofIAM: .getUser, by: session) == .userNameNeeded)
    }

    @Test func `A role has to be named`() {
        #expect(vault.refusal(ofIAM: .getRole) == .missing("roleName").inQuery)
    }

    @Test(arguments: [(Holder.user, 128), (.role, 64)])
    func `Names in requests have a largest length`(holder: Holder, length: Int) {
        let member = holder == .user ? "userName" : "roleName"
        let tooLong = long(length + 1)
        #expect(
            vault.refusal(ofIAM: action(holder), holder.named(tooLong))
                == Refusal.constraint("'\(tooLong)'", member, atMost(length)).inQuery
        )
        #expect(
            vault.refusal(ofIAM: action(holder), holder.named(long(length)))
                == holder.unknown(long(length))
        )
    }
}
