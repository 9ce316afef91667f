import Glibc
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

/// What is asked of a vault as a whole: cost, check, backup and a new master key.
@Suite struct StoreControlTests {
    private static let json = ControlTests.json

    private func rooted() throws -> ScratchServer {
        try ScratchServer(signatures: .verify, root: "AKIAROOTROOTROOTROOT:root-secret-1")
    }

    private func signed(
        _ server: ScratchServer,
        _ request: HTTPRequest,
        _ signer: RequestSigner? = nil
    ) throws -> HTTPResponse {
        let root = RequestSigner(
            accessKeyID: "AKIAROOTROOTROOTROOT",
            secretAccessKey: "root-secret-1",
            time: server.scratch.clock.now
        )
        return server.send(try (signer ?? root).sign(request.adding("Host", "127.0.0.1:4566")))
    }

    @Test func `Cost and check answer for the account that is asked for`() throws {
        let server = try ScratchServer()
        let other = signedHeader("111111111111")
        _ = server.call("CreateSecret", FrontEndTests.newSecret, authorization: other)
        for (account, count) in [("000000000000", 0), ("111111111111", 1)] {
            let query = "account=\(account)"
            let cost = server.send(.get("/_pocketvault/cost", query: query + "&calls=0"))
            #expect(cost.json["secrets"]?.elements?.count == count)
            #expect(cost.json["totalCents"]?.integer == Int64(40 * count))
            let check = server.send(.get("/_pocketvault/check", query: query))
            #expect(check.json["secrets"]?.integer == Int64(count))
        }
    }

    @Test func `A check tells who asks when each value was made, and nothing of the value`() throws
    {
        let server = try ScratchServer()
        let body = #"{"Name":"a","SecretString":"calm-otter","ClientRequestToken":"\#(token)"}"#
        let arn = try #require(server.call("CreateSecret", body).json["ARN"]?.string)
        server.scratch.clock.advance(days: 3)
        _ = server.call(
            "TagResource",
            #"{"SecretId":"a","Tags":[{"Key":"Team","Value":"core"}]}"#
        )
        #expect(server.send(.get("/_pocketvault/check")).json["madeAt"] == nil)
        let answer = server.send(.get("/_pocketvault/check", query: "ages=true"))
        #expect(answer.json["madeAt"]?.jsonText() == #"{"\#(arn)":"2026-01-15T10:00:00.000Z"}"#)
        #expect(!answer.text.contains("otter"))
        let none = server.send(.get("/_pocketvault/check", query: "ages=true&prefix=b"))
        #expect(none.json["madeAt"]?.jsonText() == "{}")
    }

    private func signedHeader(_ account: String) -> String {
        PocketvaultServerTests.signed(key: account)
    }

    @Test(arguments: [
        ("cost", "calls=-1"), ("cost", "since=today"), ("cost", "until=2026-01-01T00:00:00Z"),
        ("cost", "since=2030-01-01T00:00:00Z"), ("cost", "account=1"), ("check", "days=0"),
        ("check", "account=me"), ("check", "ages=1"),
    ])
    func `A field that makes no sense is refused`(path: String, query: String) throws {
        let answer = try ScratchServer().send(.get("/_pocketvault/\(path)", query: query))
        #expect(answer.status == 400)
        #expect(answer.json["error"] == "InvalidRequest")
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"texts":"a"}"#, #"{"texts":[1]}"#, #"{"texts":["?"]}"#,
        #"{"texts":[],"account":1}"#,
    ])
    func `A scan that makes no sense is refused`(body: String) throws {
        let request = HTTPRequest.post(body, [Self.json], path: "/_pocketvault/check/scan")
        #expect(try ScratchServer().send(request).status == 400)
    }

    @Test func `A scan finds a value and does not tell it`() throws {
        let server = try ScratchServer()
        _ = server.call(
            "CreateSecret",
            #"{"Name":"a","SecretString":"calm-otter","ClientRequestToken":"\#(token)"}"#
        )
        let text = Base64.text(Array("k=calm-otter".utf8))
        let answer = server.send(
            .post(#"{"texts":["\#(text)"]}"#, [Self.json], path: "/_pocketvault/check/scan")
        )
        #expect(answer.json["found"][0]["secret"]?.string == "a")
        #expect(answer.json["found"][0]["offset"]?.integer == 2)
        #expect(!answer.text.contains("otter"))
        #expect(!server.logText.contains("otter"))
    }

    private let token = "11111111-1111-4111-8111-111111111111"

    @Test func `Where signatures are verified only the root of the account is told what is equal`()
        throws
    {
        let server = try rooted()
        let check = HTTPRequest.get("/_pocketvault/check")
        let scan = HTTPRequest.post(
            #"{"texts":[]}"#,
            [Self.json],
            path: "/_pocketvault/check/scan"
        )
        for request in [check, scan] {
            #expect(server.send(request.adding("Host", "127.0.0.1:4566")).status == 403)
            #expect(try signed(server, request).status == 200)
        }
        let user = try server.scratch.signer(of: server.scratch.user("u"), 1)
        #expect(try signed(server, check, user).status == 403)
        let foreign = HTTPRequest.get("/_pocketvault/check", query: "account=111111111111")
        let refusal = try signed(server, foreign)
        #expect(refusal.status == 403)
        #expect(refusal.json["error"] == "AccessDenied")
    }

    @Test func `Where signatures are verified only the server's root copies it or changes its key`()
        throws
    {
        let server = try rooted()
        let user = try server.scratch.signer(of: server.scratch.user("u"), 1)
        let backup = HTTPRequest.get("/_pocketvault/backup")
        let rotate = HTTPRequest.post("{}", [Self.json], path: "/_pocketvault/key/rotate")
        for request in [backup, rotate] {
            #expect(server.send(request.adding("Host", "127.0.0.1:4566")).status == 403)
            #expect(try signed(server, request, user).status == 403)
            // The vault of the test is in memory: the root is let in, and told that.
            #expect(try signed(server, request).status == 409)
        }
    }

    @Test func `A vault in memory whose key goes with it is neither copied nor given a new key`()
        throws
    {
        let server = try ScratchServer()
        let copy = server.send(.get("/_pocketvault/backup"))
        #expect(copy.status == 409)
        #expect(copy.json["error"] == "NoLastingKey")
        let rotation = server.send(.post("{}", [Self.json], path: "/_pocketvault/key/rotate"))
        #expect(rotation.status == 409)
        #expect(rotation.json["message"]?.string?.contains("POCKETVAULT_NEW_MASTER_KEY") == true)
    }

    @Test(arguments: [("text/plain", "{}", 415), ("application/json", #"{"key":"k"}"#, 400)])
    func `A change of the key that is not meant so is refused`(
        type: String,
        body: String,
        status: Int
    ) throws {
        let request = HTTPRequest.post(
            body,
            [(name: "Content-Type", value: type)],
            path: "/_pocketvault/key/rotate"
        )
        #expect(try ScratchServer().send(request).status == status)
    }
}
