import AWS
import JSON
import TestSupport
import Testing

@Suite struct CreateAccessKeyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create(.user, "ci")
    }

    @Test func `A key is active, and its secret is shown this once`() throws {
        let answer = try vault.iam(.createAccessKey, ["UserName": "CI"])
        let key = try #require(answer["AccessKey"])
        let id = try #require(key["AccessKeyId"]?.string)
        let secret = try #require(key["SecretAccessKey"]?.string)
        #expect(
            key.text
                == #"{"UserName":"ci","AccessKeyId":"\#(id)","Status":"Active","#
                + #""SecretAccessKey":"\#(secret)","CreateDate":"2026-01-15T10:00:00Z"}"#
        )
        #expect(id.hasPrefix("AKIA"))
        #expect(id.count == 20)
        #expect(secret.count == 40)
        #expect(!(try vault.iam(.listAccessKeys, ["UserName": "ci"])).text.contains(secret))
    }

    @Test func `No secret access key is in the audit trail`() throws {
        let answer = try vault.iam(.createAccessKey, ["UserName": "ci"])
        let secret = try #require(answer["AccessKey"]?["SecretAccessKey"]?.string)
        let records = try vault.auditRecords()
        let record = try #require(records.first { $0.eventName == "CreateAccessKey" })
        #expect(record.requestParameters == #"{"userName":"ci"}"#)
        #expect(!"\(records)".contains(secret))
    }

    @Test func `Two keys are the most, and of each secret there is one`() throws {
        var secrets: Set<String> = []
        for _ in 0..<2 {
            let key = try vault.iam(.createAccessKey, ["UserName": "ci"])["AccessKey"]
            secrets.insert(key?["SecretAccessKey"]?.string ?? "")
        }
        #expect(secrets.count == 2)
        try vault.expect(
            .createAccessKey,
            ["UserName": "ci"],
            isRefusedWith: Refusal(
                "LimitExceeded",
                "Cannot exceed quota for AccessKeysPerUser: 2"
            )
        )
        try vault.create(.user, "other")
        try vault.createAccessKey(of: "other")
    }

    @Test func `Without a name it is the caller's own key`() throws {
        let user = try vault.user("caller")
        let id = try vault.createAccessKey(by: user)
        let listed = try vault.iam(.listAccessKeys, ["UserName": "caller"])
        #expect(listed["AccessKeyMetadata"]?.texts("AccessKeyId") == [id])
    }

    @Test func `The root has two keys of its own, which name no user`() throws {
        for _ in 0..<2 {
            let key = try #require(try vault.iam(.createAccessKey)["AccessKey"])
            #expect(key["UserName"] == nil)
        }
        #expect(
            vault.refusal(ofIAM: .createAccessKey)
                == Refusal("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2")
        )
        try vault.createAccessKey(of: "ci")
    }

    @Test func `A session has no keys of its own`() throws {
        let session = try vault.session("task")
        #expect(vault.refusal(ofIAM: .createAccessKey, by: session) == .userNameNeeded)
        try vault.createAccessKey(of: "ci", by: session)
    }
}
