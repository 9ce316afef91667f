import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetCallerIdentityTests {
    @Test func `The root is its account`() throws {
        let vault = try ScratchVault()
        #expect(
            try vault.sts(.getCallerIdentity, by: stranger).text
                == #"{"Arn":"arn:aws:iam::111122223333:root","UserId":"111122223333","#
                + #""Account":"111122223333"}"#
        )
    }

    @Test func `A user has its ARN and its id`() throws {
        let vault = try ScratchVault()
        let user = try vault.user("ci")
        #expect(
            try vault.sts(.getCallerIdentity, by: user).text
                == #"{"Arn":"arn:aws:iam::000000000000:user/ci","#
                + #""UserId":"AIDA000000000000ci","Account":"000000000000"}"#
        )
    }

    @Test func `A session is named after its role and itself, without the role's path`() throws {
        let vault = try ScratchVault()
        let role = try vault.create(.role, "task", ["Path": "/team/"])
        let arn = try #require(role["Arn"]?.string)
        let session = try vault.caller(of: try vault.assume(arn))
        let id = try #require(role["RoleId"]?.string)
        #expect(
            try vault.sts(.getCallerIdentity, by: session).text
                == #"{"Arn":"arn:aws:sts::000000000000:assumed-role/task/task","#
                + #""UserId":"\#(id):task","Account":"000000000000"}"#
        )
    }

    @Test func `It needs no permission, and no policy can deny it`() throws {
        let vault = try ScratchVault(authorization: .enforce)
        let deny = PolicyDraft.statement("Deny", "*")
        for caller in [
            try vault.user("ci", policies: [deny]), try vault.session("task", policies: [deny]),
        ] {
            #expect(vault.refusal(ofSTS: .getCallerIdentity, by: caller) == nil)
        }
    }
}
