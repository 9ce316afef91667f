import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

/// What is kept of a vault, and put back.
@Suite struct SnapshotControlTests {
    private let server: ScratchServer
    private let other = "111111111111"

    init() throws {
        server = try ScratchServer()
    }

    @discardableResult
    private func post(_ path: String, _ body: String = "{}") -> HTTPResponse {
        server.send(.post(body, [ControlTests.json], path: "/_pocketvault/snapshots/\(path)"))
    }

    private func call(
        _ operation: SecretsManagerAction,
        _ members: JSONValue,
        in account: String = "000000000000"
    ) throws -> JSONValue {
        let caller = Caller.root(account: account, region: "us-east-1")
        return try server.scratch.call(operation, members, by: caller)
    }

    private func create(_ name: String, in account: String = "000000000000") throws {
        _ = try call(.createSecret, ["Name": .string(name), "SecretString": "old"], in: account)
    }

    private func names(in account: String = "000000000000") throws -> [String?] {
        let list = try call(.listSecrets, [:], in: account)["SecretList"]?.elements ?? []
        return list.map { $0["Name"]?.string }
    }

    @Test func `A vault comes back as it was: values, versions, labels, tags, policies`() throws {
        try create("app/key")
        _ = try call(.putSecretValue, ["SecretId": "app/key", "SecretString": "new"])
        _ = try call(
            .tagResource,
            ["SecretId": "app/key", "Tags": [["Key": "team", "Value": "payments"]]]
        )
        let before = try call(.describeSecret, ["SecretId": "app/key"])
        let taken = post("clean")
        #expect(taken.status == 200)
        #expect(
            taken.text
                == #"{"name":"clean","secrets":1,"takenAt":"2026-01-15T10:00:00.000Z"}"#
        )
        _ = try call(
            .deleteSecret,
            ["SecretId": "app/key", "ForceDeleteWithoutRecovery": true]
        )
        try create("another")
        #expect(post("clean/restore").status == 200)
        #expect(try names() == ["app/key"])
        #expect(try call(.describeSecret, ["SecretId": "app/key"]) == before)
        for (label, value) in [("AWSCURRENT", "new"), ("AWSPREVIOUS", "old")] {
            let found = try call(
                .getSecretValue,
                ["SecretId": "app/key", "VersionStage": .string(label)]
            )
            #expect(found["SecretString"]?.string == value)
        }
        // And again: it is there until it is dropped.
        _ = try call(.putSecretValue, ["SecretId": "app/key", "SecretString": "newer"])
        #expect(post("clean/restore").status == 200)
        #expect(
            try call(.getSecretValue, ["SecretId": "app/key"])["SecretString"]?.string == "new"
        )
    }

    @Test func `A snapshot of one account, or one of all put back there, changes no other`() throws
    {
        for (name, account) in [("all", nil), ("one", "000000000000")] {
            try create(name)
            let body = account.map { #"{"account":"\#($0)"}"# } ?? "{}"
            #expect(post(name, body).status == 200)
        }
        try create("later", in: other)
        try create("later")
        #expect(post("one/restore").status == 200)
        #expect(try names() == ["all", "one"])
        #expect(try names(in: other) == ["later"])
        #expect(post("all/restore", #"{"account":"000000000000"}"#).status == 200)
        #expect(try names() == ["all"])
        #expect(try names(in: other) == ["later"])
        let foreign = post("one/restore", #"{"account":"\#(other)"}"#)
        #expect(foreign.status == 409)
        #expect(foreign.json["error"]?.string == "SnapshotOfAnotherAccount")
        #expect(post("all/restore").status == 200)
        #expect(try names(in: other) == [])
    }

    @Test func `Taking one again replaces it; they are listed by name, and dropped`() throws {
        post("b")
        post("a")
        try create("app/key")
        #expect(post("b").json["secrets"]?.integer == 1)
        let list = server.send(.get("/_pocketvault/snapshots")).json["snapshots"]?.elements ?? []
        #expect(list.map { $0["name"]?.string } == ["a", "b"])
        #expect(list.map { $0["secrets"]?.integer } == [0, 1])
        let path = "/_pocketvault/snapshots/b"
        #expect(server.send(HTTPRequest(method: "DELETE", path: path)).status == 200)
        #expect(server.send(HTTPRequest(method: "DELETE", path: path)).status == 404)
        let gone = post("b/restore")
        #expect(gone.status == 404)
        #expect(gone.json["error"]?.string == "SnapshotNotFound")
    }

    @Test func `What a destroyed key sealed stays closed`() throws {
        let scratch = server.scratch
        let key = try #require(try scratch.kms(.createKey)["KeyMetadata"]?["KeyId"])
        _ = try call(.createSecret, ["Name": "sealed", "SecretString": "v", "KmsKeyId": key])
        try create("open")
        post("before")
        try scratch.kms(.scheduleKeyDeletion, ["KeyId": key, "PendingWindowInDays": 7])
        let move = HTTPRequest.post(
            #"{"advance":"P8D"}"#,
            [ControlTests.json],
            path: "/_pocketvault/clock"
        )
        #expect(server.send(move).status == 200)
        #expect(post("before/restore").status == 200)
        #expect(throws: APIError.self) { try call(.getSecretValue, ["SecretId": "sealed"]) }
        #expect(throws: APIError.self) { try scratch.kms(.describeKey, ["KeyId": key]) }
        #expect(try call(.getSecretValue, ["SecretId": "open"])["SecretString"]?.string == "old")
    }

    @Test func `What falls due in a snapshot does not; once put back, it does`() throws {
        try create("app/key")
        _ = try call(.deleteSecret, ["SecretId": "app/key", "RecoveryWindowInDays": 7])
        post("doomed")
        _ = try call(.restoreSecret, ["SecretId": "app/key"])
        let move = HTTPRequest.post(
            #"{"advance":"P8D"}"#,
            [ControlTests.json],
            path: "/_pocketvault/clock"
        )
        #expect(server.send(move).json["fired"]?.elements?.isEmpty == true)
        #expect(post("doomed/restore").status == 200)
        #expect(server.send(move).json["fired"]?.elements?.count == 1)
    }

    @Test func `A reset leaves snapshots, and an account that was made comes back with its key`()
        throws
    {
        let made = server.send(.post("{}", [ControlTests.json], path: AccountControl.path)).json
        let account = try #require(made["account"]?.string)
        try create("app/key", in: account)
        post("clean")
        let reset = HTTPRequest.post("{}", [ControlTests.json], path: "/_pocketvault/reset")
        #expect(server.send(reset).status == 200)
        #expect(post("clean/restore").status == 200)
        #expect(try names(in: account) == ["app/key"])
        let drop = HTTPRequest(method: "DELETE", path: "\(AccountControl.path)/\(account)")
        #expect(server.send(drop).status == 200)
        #expect(try names(in: account) == [])
    }

    @Test(arguments: [
        ("a b", "{}"), ("", "{}"), ("a/b", "{}"), (String(repeating: "a", count: 65), "{}"),
        ("a", "[]"), ("a", #"{"account":"me"}"#), ("a", #"{"name":"b"}"#), ("/restore", "{}"),
    ])
    func `A name or a body that makes no sense is refused`(name: String, body: String) throws {
        let status = post(name, body).status
        #expect(status == (name.isEmpty ? 404 : 400))
        #expect(server.send(.get("/_pocketvault/snapshots")).json["snapshots"]?.elements == [])
    }

    @Test func `No page of another origin can send what changes anything`() throws {
        for path in ["a", "a/restore"] {
            let request = HTTPRequest.post("{}", [], path: "/_pocketvault/snapshots/\(path)")
            #expect(server.send(request).status == 415)
        }
    }
}
