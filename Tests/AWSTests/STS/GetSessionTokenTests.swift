import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetSessionTokenTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func expiration(_ seconds: Int?, by caller: Caller) throws -> String? {
        let members: JSONValue = seconds.map { ["DurationSeconds": "\($0)"] } ?? [:]
        let answer = try vault.sts(.getSessionToken, members, by: caller)
        return answer["Credentials"]?["Expiration"]?.string
    }

    @Test func `The answer has temporary credentials`() throws {
        let answer = try vault.sts(.getSessionToken, by: try vault.user("ci"))
        #expect(answer.names == ["Credentials"])
        let credentials = try #require(answer["Credentials"])
        #expect(
            credentials.names
                == ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"]
        )
        #expect(credentials["AccessKeyId"]?.string?.hasPrefix("ASIA") == true)
        #expect(credentials["AccessKeyId"]?.string?.count == 20)
        #expect(credentials["SecretAccessKey"]?.string?.count == 40)
    }

    @Test func `Whoever has them is the user who asked`() throws {
        let user = try vault.user("ci", tags: [Tag(key: "a", value: "1")])
        let session = try vault.caller(of: try vault.sts(.getSessionToken, by: user))
        #expect(session.principal.arn == user.principal.arn)
        #expect(session.principal.uniqueID == user.principal.uniqueID)
        #expect(session.principal.kind == .user)
        #expect(session.principal.holderID == user.principal.holderID)
        #expect(session.principal.holderARN == user.principal.holderARN)
        #expect(session.principal.userName == user.principal.userName)
        #expect(session.principal.tags == user.principal.tags)
        #expect(session.principal.session == nil)
        let root = try vault.caller(of: try vault.sts(.getSessionToken, by: stranger))
        #expect(root.principal.kind == .root)
        #expect(root.principal.arn == "arn:aws:iam::111122223333:root")
    }

    @Test func `A user's last 12 hours unless told, up to 36`() throws {
        let user = try vault.user("ci")
        #expect(try expiration(nil, by: user) == "2026-01-15T22:00:00Z")
        #expect(try expiration(900, by: user) == "2026-01-15T10:15:00Z")
        #expect(try expiration(129_600, by: user) == "2026-01-16T22:00:00Z")
    }

    @Test func `The root's last an hour at most`() throws {
        for seconds in [nil, 3_600, 129_600] {
            #expect(try expiration(seconds, by: .root()) == "2026-01-15T11:00:00Z")
        }
        #expect(try expiration(900, by: .root()) == "2026-01-15T10:15:00Z")
    }

    @Test func `A session of a role gets none`() throws {
        let session = try vault.session("task")
        #expect(
            vault.refusal(ofSTS: .getSessionToken, by: session)
                == Refusal("AccessDenied", "Cannot call GetSessionToken with session credentials")
        )
    }

    @Test(arguments: [
        ("899", "have value greater than or equal to 900"),
        ("129601", "have value less than or equal to 129600"),
    ])
    func `A duration has its bounds`(seconds: String, rule: String) {
        #expect(
            vault.refusal(ofSTS: .getSessionToken, ["DurationSeconds": "\(seconds)"])
                == Refusal.constraint("'\(seconds)'", "durationSeconds", rule).inQuery
        )
        #expect(
            vault.refusal(ofSTS: .getSessionToken, ["DurationSeconds": "a day"])
                == .malformedInput
        )
    }

    @Test func `It needs no permission`() throws {
        let vault = try ScratchVault(authorization: .enforce)
        let user = try vault.user("ci", policies: [PolicyDraft.statement("Deny", "*")])
        #expect(vault.refusal(ofSTS: .getSessionToken, by: user) == nil)
    }
}
