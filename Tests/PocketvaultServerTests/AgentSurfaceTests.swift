import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("The agent's endpoint")
struct AgentSurfaceTests {
    private static let token = "calm-otter"
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
        try server.scratch.call(.createSecret, ["Name": "app/key", "SecretString": "one"])
    }

    private func ask(
        _ path: String,
        _ query: String? = nil,
        method: String = "GET",
        fields: [(name: String, value: String)] = [AgentSurfaceTests.field],
        connections: Int = 1,
        of server: ScratchServer? = nil
    ) -> HTTPResponse {
        let server = server ?? self.server
        let surface = AgentSurface(of: server.open, token: AgentToken(Self.token)) { connections }
        let request = HTTPRequest(
            method: method,
            path: path,
            query: query,
            headers: HTTPHeaders(fields)
        )
        return server.send(request, to: surface)
    }

    private static let field = (name: "X-Aws-Parameters-Secrets-Token", value: token)

    private func get(_ query: String, of server: ScratchServer? = nil) -> HTTPResponse {
        ask("/secretsmanager/get", query, of: server)
    }

    private func put(_ value: String) throws {
        try server.scratch.call(
            .putSecretValue,
            ["SecretId": "app/key", "SecretString": .string(value)]
        )
    }

    /// What the agent called, as the trail has it.
    private func calls(atLeast count: Int) throws -> [AuditRecord] {
        let ours = "aws-workload-credentials-provider/3.0 pocketvault/"
        return try server.scratch.auditRecords().filter {
            $0.userAgent?.hasPrefix(ours) == true
        }
    }

    // MARK: The order of the checks

    @Test func `Who asks whether it is there needs no token`() {
        let answer = ask("/ping", fields: [])
        #expect(answer.status == 200 && answer.text == "healthy")
        let forwarded = ask("/ping", fields: [(name: "X-Forwarded-For", value: "1.2.3.4")])
        #expect(forwarded.text == "healthy")
    }

    @Test func `Too many connections are told before anything else, health checks have two more`() {
        let most = AgentSurface.maximumConnections
        let forwarded = [(name: "X-Forwarded-For", value: "1.2.3.4")]
        let refused = ask("/nowhere", method: "POST", fields: forwarded, connections: most + 1)
        #expect(refused.status == 429 && refused.text == "Connection limit exceeded")
        #expect(ask("/nowhere", connections: most).status == 404)
        #expect(ask("/ping", connections: most + 2).status == 200)
        #expect(ask("/ping", connections: most + 3).status == 429)
    }

    @Test func `What was forwarded is refused before its token is looked at`() {
        let answer = ask(
            "/nowhere",
            method: "POST",
            fields: [(name: "x-forwarded-for", value: "")]
        )
        #expect(answer.status == 400 && answer.text == "Forwarded")
        #expect(ask("/v1/app/key", fields: [Self.field, ("X-Forwarded-For", "a")]).status == 400)
    }

    @Test(arguments: ["", "calm", "calm-otter2", "CALM-OTTER"])
    func `A wrong token is refused before the method and the path`(token: String) {
        for name in ["X-Aws-Parameters-Secrets-Token", "X-Vault-Token"] {
            let answer = ask("/nowhere", method: "POST", fields: [(name: name, value: token)])
            #expect(answer.status == 403 && answer.text == "Bad Token")
        }
        #expect(ask("/v1/app/key", fields: []).text == "Bad Token")
    }

    @Test func `Either header may have the token`() {
        #expect(
            ask("/v1/app/key", fields: [(name: "X-Vault-Token", value: Self.token)]).status == 200
        )
        let both = [(name: "X-Vault-Token", value: "wrong"), Self.field]
        #expect(ask("/v1/app/key", fields: both).status == 200)
    }

    @Test(arguments: ["POST", "HEAD", "PUT", "DELETE", "OPTIONS", "get"])
    func `Only GET is allowed, told before the path`(method: String) {
        for path in ["/nowhere", "/v1/app/key", "/ping"] {
            let answer = ask(path, method: method)
            #expect(answer.status == 405 && answer.text == "Not allowed")
        }
    }

    @Test(arguments: [
        "/", "/v1", "/v2/app/key", "/secretsmanager", "/secretsmanager/get/",
        "/_pocketvault/health",
    ])
    func `Other paths are not there`(path: String) {
        let answer = ask(path)
        #expect(answer.status == 404 && answer.text == "Not found")
    }

    // MARK: Queries

    @Test(
        arguments: [
            ("/secretsmanager/get", nil, "missing parameter secretId"),
            ("/secretsmanager/get", "secretId=", "missing parameter secretId"),
            ("/secretsmanager/get", "versionId=x", "missing parameter secretId"),
            ("/secretsmanager/get", "secretId=a&abc=1", "unknown parameter: abc"),
            ("/secretsmanager/get", "abc=1", "unknown parameter: abc"),
            ("/secretsmanager/get", "secretId=a&refreshNow=yes", "invalid refreshNow value"),
            ("/secretsmanager/get", "secretId=a&refreshNow=", "invalid refreshNow value"),
            ("/v1/", nil, "missing secret ID"),
            ("/v1/a", "secretId=a", "unknown parameter: secretId"),
            ("/v1/a", "refreshNow=2", "invalid refreshNow value"),
        ] as [(String, String?, String)]
    )
    func `A query that is none is refused in the provider's words`(
        path: String,
        query: String?,
        text: String
    ) {
        let answer = ask(path, query)
        #expect(answer.status == 400 && answer.text == text)
    }

    @Test(arguments: [
        "notAnArn", "arn:aws:iam::123456789012:user/a", "arn:aws:iam::123456789012:role/",
        "arn:aws:iam::12345:role/a", "arn:aws:sts::123456789012:role/a",
        "arn:aws:iam:us-east-1:123456789012:role/a", "arn:aws:iam::123456789012:role/a%22b",
    ])
    func `A role that is no ARN of one is refused`(arn: String) {
        let answer = get("secretId=app/key&roleArn=\(arn)")
        #expect(answer.status == 400)
        #expect(
            answer.text
                == "invalid roleArn format, expected arn:<partition>:iam::<account>:role/<name>"
        )
    }

    // MARK: Answers

    @Test func `A secret is what GetSecretValue answers, with the date as a string`() throws {
        let answer = get("secretId=app%2Fkey")
        #expect(answer.status == 200)
        #expect(answer[header: "Content-Type"] == "application/json")
        guard case .object(let members) = answer.json else { return }
        let names = ["ARN", "Name", "VersionId", "SecretString", "VersionStages", "CreatedDate"]
        #expect(members.members.map(\.name) == names)
        #expect(members["SecretString"] == "one")
        #expect(members["VersionStages"] == ["AWSCURRENT"])
        let date = try #require(members["CreatedDate"]?.string)
        #expect(Double(date) == Double(server.scratch.clock.now.milliseconds) / 1_000)
    }

    @Test func `A binary secret is base64`() throws {
        try server.scratch.call(.createSecret, ["Name": "binary", "SecretBinary": "AAEC"])
        let answer = ask("/v1/binary")
        #expect(answer.json["SecretBinary"] == "AAEC" && answer.json["SecretString"] == nil)
    }

    @Test(arguments: ["/v1/app/key", "/v1/app%2Fkey"])
    func `A path names a secret with its slashes`(path: String) {
        #expect(ask(path).json["Name"] == "app/key")
    }

    @Test func `Versions are chosen by label and by id`() throws {
        let first = try #require(get("secretId=app/key").json["VersionId"]?.string)
        try put("two")
        #expect(get("secretId=app/key&versionStage=AWSPREVIOUS").json["SecretString"] == "one")
        #expect(ask("/v1/app/key", "versionId=\(first)").json["SecretString"] == "one")
        #expect(ask("/v1/app/key", "versionStage=AWSCURRENT").json["SecretString"] == "two")
    }

    @Test func `What Secrets Manager refuses keeps its status and its sentence`() {
        let answer = get("secretId=nothing")
        #expect(answer.status == 400)
        #expect(
            answer.text
                == #"{"__type":"ResourceNotFoundException","message":"#
                + #""Secrets Manager can't find the specified secret."}"#
        )
    }

    // MARK: What is kept

    @Test func `A value is kept for 300 seconds of the machine's time`() throws {
        #expect(get("secretId=app/key").json["SecretString"] == "one")
        try put("two")
        server.scratch.clock.advance(milliseconds: 299_999)
        #expect(get("secretId=app/key").json["SecretString"] == "one")
        #expect(ask("/v1/app/key").json["SecretString"] == "one")
        server.scratch.clock.advance(milliseconds: 1)
        #expect(get("secretId=app/key").json["SecretString"] == "two")
        #expect(
            try calls(atLeast: 5).map(\.eventName) == [
                "GetSecretValue", "DescribeSecret", "GetSecretValue",
            ]
        )
    }

    @Test func `After its time a value is described, and read again only when it has changed`()
        throws
    {
        _ = get("secretId=app/key")
        server.scratch.clock.advance(milliseconds: 300_000)
        #expect(get("secretId=app/key").json["SecretString"] == "one")
        server.scratch.clock.advance(milliseconds: 299_000)
        _ = get("secretId=app/key")
        #expect(try calls(atLeast: 3).map(\.eventName) == ["GetSecretValue", "DescribeSecret"])
    }

    @Test(arguments: ["true", "1", "TRUE"])
    func `refreshNow passes by what is kept`(value: String) throws {
        _ = get("secretId=app/key")
        try put("two")
        #expect(get("secretId=app/key&refreshNow=false").json["SecretString"] == "one")
        #expect(get("secretId=app/key&refreshNow=0").json["SecretString"] == "one")
        #expect(get("secretId=app/key&refreshNow=\(value)").json["SecretString"] == "two")
        #expect(get("secretId=app/key").json["SecretString"] == "two")
    }

    @Test func `Refusals are not kept`() throws {
        #expect(ask("/v1/later").status == 400)
        try server.scratch.call(.createSecret, ["Name": "later", "SecretString": "x"])
        #expect(ask("/v1/later").status == 200)
    }

    @Test func `Of more than a thousand values the one goes that nobody asked for the longest`()
        throws
    {
        let cache = AgentCache { [server] in server.scratch.clock.now }
        let value = try #require(AgentValue(Array(#"{"ARN":"a","VersionId":"v"}"#.utf8)))
        func question(_ number: Int) throws -> AgentQuery {
            try AgentQuery(query: "secretId=\(number)")
        }
        func isKept(_ number: Int) throws -> Bool {
            if case .fresh = cache.look(for: try question(number)) { true } else { false }
        }
        for number in 0..<1_000 { cache.keep(value, for: try question(number)) }
        #expect(try isKept(0))
        cache.keep(value, for: try question(1_000))
        #expect(try isKept(0) && isKept(2) && isKept(1_000))
        #expect(try !isKept(1))
    }

    @Test func `A reset empties it`() throws {
        _ = get("secretId=app/key")
        _ = server.send(.post("{}", [ControlTests.json], path: "/_pocketvault/reset"))
        #expect(get("secretId=app/key").status == 400)
    }

    // MARK: As whom it reads

    @Test func `It reads as the root of the account, under its own user agent`() throws {
        _ = get("secretId=app/key")
        let call = try #require(try calls(atLeast: 2).first)
        #expect(call.principalARN == "arn:aws:iam::000000000000:root")
        #expect(call.eventName == "GetSecretValue")
        #expect(call.sourceAddress == "127.0.0.1")
    }
}
