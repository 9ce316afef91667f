import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("The audit trail under /_pocketvault")
struct AuditControlTests {
    let server: ScratchServer

    init() throws {
        server = try ScratchServer()
        _ = server.call(
            "CreateSecret",
            #"{"Name":"a","SecretString":"calm-otter","ClientRequestToken":"\#(token)"}"#
        )
        _ = server.call("DescribeSecret", #"{"SecretId":"b"}"#)
        _ = server.call("DeleteSecret", #"{"SecretId":"a"}"#)
        _ = try server.scratch.auditRecords()
    }

    private let token = "11111111-1111-4111-8111-111111111111"

    private func show(_ query: String) -> JSONValue {
        server.send(.get("/_pocketvault/audit", query: query)).json
    }

    private func names(_ query: String) -> [String] {
        let records = show(query)["records"]?.elements ?? []
        return records.compactMap { $0["record"]?["eventName"]?.string }
    }

    @Test("records come oldest first, the newest of them when there are more")
    func order() {
        #expect(names("").first == "CreateSecret")
        #expect(names("").count == 4)
        #expect(names("limit=2").count == 2)
        #expect(names("limit=2").contains("CreateSecret") == false)
    }

    @Test(
        "filters join",
        arguments: [
            ("secret=a", ["CreateSecret", "DeleteSecret", "StartSecretVersionDelete"]),
            ("secret=a&events=true", ["StartSecretVersionDelete"]),
            ("event=CreateSecret", ["CreateSecret"]),
            ("failed=true", ["DescribeSecret"]),
            ("principal=secretsmanager.amazonaws.com", ["StartSecretVersionDelete"]),
            ("until=2000-01-01T00:00:00Z", []),
            ("since=9000-01-01T00:00:00Z", []),
            ("secret=nothing", []),
        ]
    )
    func filters(query: String, expected: [String]) {
        #expect(names(query).sorted() == expected)
    }

    @Test(
        "what policies had something against can be picked out, with the decision beside the record",
        arguments: [
            (PolicyMode.report, nil as String?, "Would be refused: User: "),
            (.enforce, "AccessDenied", "secretsmanager:DescribeSecret: Denied: "),
        ]
    )
    func refusals(mode: PolicyMode, error: String?, decision: String) throws {
        let server = try ScratchServer(policies: mode)
        let user = try server.scratch.user("u")
        let key = try server.scratch.signer(of: user, 1).accessKeyID
        _ = server.call("DescribeSecret", #"{"SecretId":"b"}"#)
        _ = server.call("DescribeSecret", #"{"SecretId":"b"}"#, authorization: signed(key: key))
        _ = try server.scratch.auditRecords()
        let answer = server.send(.get("/_pocketvault/audit", query: "refused=true")).json
        let records = answer["records"]?.elements ?? []
        #expect(records.count == 1)
        let found = try #require(records.first)
        #expect(found["decision"]?.string?.hasPrefix(decision) == true)
        let record = try #require(found["record"])
        #expect(record["userIdentity"]?["arn"]?.string == user.principal.arn)
        if let error { #expect(record["errorCode"]?.string == error) }
    }

    @Test("who follows the trail misses nothing and sees nothing twice")
    func following() throws {
        let last = try #require(show("limit=1")["last"]?.jsonText())
        #expect(names("after=\(last)").isEmpty)
        _ = server.call("RestoreSecret", #"{"SecretId":"a"}"#)
        #expect(names("after=\(last)").contains("RestoreSecret"))
        let first = show("after=0&limit=1")
        #expect(first["last"]?.jsonText() == "1")
    }

    @Test("no record holds a value")
    func values() {
        let text = server.send(.get("/_pocketvault/audit")).text
        #expect(text.contains("CreateSecret"))
        #expect(!text.contains("calm-otter"))
    }

    @Test(
        "a field that makes no sense is refused",
        arguments: ["limit=0", "limit=1001", "after=-1", "since=today", "failed=yes", "refused=1"]
    )
    func refused(query: String) {
        let answer = server.send(.get("/_pocketvault/audit", query: query))
        #expect(answer.status == 400)
        #expect(answer.json["error"] == "InvalidRequest")
    }

    @Test("it is read only")
    func methods() {
        let answer = server.send(.post("{}", [ControlTests.json], path: "/_pocketvault/audit"))
        #expect(answer.status == 405)
    }
}
