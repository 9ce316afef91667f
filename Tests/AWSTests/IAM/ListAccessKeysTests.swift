import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListAccessKeysTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create(.user, "ci")
    }

    @Test func `Keys are listed by their age, without their secrets`() throws {
        let first = try vault.createAccessKey(of: "ci")
        vault.clock.advance(hours: 1)
        let second = try vault.createAccessKey(of: "ci")
        #expect(
            try vault.iam(.listAccessKeys, ["UserName": "CI"]).text
                == #"{"IsTruncated":false,"AccessKeyMetadata":[{"UserName":"ci","#
                + #""AccessKeyId":"\#(first)","Status":"Active","#
                + #""CreateDate":"2026-01-15T10:00:00Z"},{"UserName":"ci","#
                + #""AccessKeyId":"\#(second)","Status":"Active","#
                + #""CreateDate":"2026-01-15T11:00:00Z"}]}"#
        )
    }

    @Test func `Nobody's keys are an empty list`() throws {
        #expect(
            try vault.iam(.listAccessKeys, ["UserName": "ci"]).text
                == #"{"IsTruncated":false,"AccessKeyMetadata":[]}"#
        )
    }

    @Test func `Without a name they are the caller's own`() throws {
        let ofRoot = try vault.createAccessKey()
        let user = try vault.user("caller")
        let ofUser = try vault.createAccessKey(by: user)
        func keys(_ caller: Caller) throws -> [String]? {
            try vault.iam(.listAccessKeys, by: caller)["AccessKeyMetadata"]?.texts("AccessKeyId")
        }
        #expect(try keys(.root()) == [ofRoot])
        #expect(try keys(user) == [ofUser])
        #expect(try keys(stranger) == [])
        let session = try vault.session("task")
        #expect(vault.refusal(ofIAM: .listAccessKeys, by: session) == .userNameNeeded)
    }
}
