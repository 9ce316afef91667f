import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("Credentials of roles for programs")
struct CredentialsControlTests {
    private static let path = "/_pocketvault/credentials"
    private static let tasks = #"{"Service":"ecs-tasks.amazonaws.com"}"#

    /// A server with a role that somebody may assume.
    private func server(
        _ policies: PolicyMode = .off,
        trusting principal: String = Self.tasks,
        if condition: String = ""
    ) throws -> ScratchServer {
        let server = try ScratchServer(policies: policies)
        try makeRole(on: server, trusting: principal, if: condition)
        return server
    }

    private func makeRole(
        on server: ScratchServer,
        trusting principal: String,
        if condition: String = ""
    ) throws {
        let trust =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\#(principal),"#
            + #""Action":"sts:AssumeRole"\#(condition)}]}"#
        try server.scratch.iam(
            .createRole,
            ["RoleName": "task", "AssumeRolePolicyDocument": .string(trust)]
        )
    }

    private func post(_ body: String, to server: ScratchServer) -> HTTPResponse {
        let headers = ControlTests.json
        return server.send(
            .post(body, [headers, (name: "Host", value: "localhost:4566")], path: Self.path)
        )
    }

    private func token(_ server: ScratchServer) throws -> String {
        try #require(post(#"{"role":"task"}"#, to: server).json["token"]?.string)
    }

    private func get(
        _ server: ScratchServer,
        _ authorization: String?,
        role: String = "task"
    ) -> HTTPResponse {
        let fields = authorization.map { [(name: "Authorization", value: $0)] } ?? []
        return server.send(
            HTTPRequest(
                method: "GET",
                path: "\(Self.path)/\(role)",
                headers: HTTPHeaders(fields)
            )
        )
    }

    /// As whom somebody with these credentials is believed to call.
    private func caller(_ credentials: JSONValue, _ server: ScratchServer) throws -> Caller {
        let key = credentials["AccessKeyId"]?.string ?? ""
        let token = credentials["Token"]?.string ?? ""
        let request = HTTPRequest(
            method: "POST",
            path: "/",
            headers: HTTPHeaders([
                (name: "Authorization", value: signed(key: key)),
                (name: "X-Amz-Security-Token", value: token),
            ])
        )
        return try server.router.authenticator.caller(
            request,
            for: "secretsmanager",
            requestID: "id"
        )
    }

    @Test func `A role's credentials are where the answer says, under the name of the request`()
        throws
    {
        let answer = post(#"{"role":"task"}"#, to: try server())
        #expect(answer.status == 200)
        #expect(answer.json["uri"] == "http://localhost:4566/_pocketvault/credentials/task")
        #expect(answer.json["token"]?.string?.contains("\n") == false)
    }

    @Test func `Who sends the token gets the role's credentials for an hour`() throws {
        let server = try server(.enforce)
        let answer = get(server, try token(server))
        #expect(answer.status == 200)
        guard case .object(let members) = answer.json else { return }
        let names = ["RoleArn", "AccessKeyId", "SecretAccessKey", "Token", "Expiration"]
        #expect(members.members.map(\.name) == names)
        #expect(members["RoleArn"] == "arn:aws:iam::000000000000:role/task")
        let end = Timestamp(milliseconds: server.scratch.clock.now.milliseconds + 3_600_000)
        #expect(members["Expiration"] == .string(CalendarTime.secondsText(of: end)))
        let arn = "arn:aws:sts::000000000000:assumed-role/task/pocketvault"
        #expect(try caller(answer.json, server).principal.arn == arn)
    }

    @Test(arguments: [nil, "", "nothing", "Bearer x", "QUFBQQ=="] as [String?])
    func `Whoever has no token is told so`(authorization: String?) throws {
        let answer = get(try server(), authorization)
        #expect(answer.status == 401)
        #expect(answer.json["error"] == "Unauthorized")
    }

    @Test func `A token is good for its own role, and no session passes for one`() throws {
        let server = try server()
        let token = try token(server)
        #expect(get(server, token, role: "other").status == 401)
        #expect(get(server, token, role: "Task").status == 401)
        let session = try #require(get(server, token).json["Token"]?.string)
        #expect(get(server, session).status == 401)
        let other = try self.server()
        #expect(get(other, token).status == 401)
    }

    @Test func `A token holds for twelve hours`() throws {
        let server = try server()
        let token = try token(server)
        server.scratch.clock.advance(milliseconds: 12 * 3_600_000 - 1)
        #expect(get(server, token).status == 200)
        server.scratch.clock.advance(milliseconds: 1)
        #expect(get(server, token).status == 401)
    }

    @Test
    func `Token and credentials end by the machine's clock, not by the one that testers move`()
        throws
    {
        let server = try server()
        let token = try token(server)
        let credentials = get(server, token).json
        let order = #"{"advance":"P31D"}"#
        let moved = server.send(.post(order, [ControlTests.json], path: "/_pocketvault/clock"))
        #expect(moved.status == 200)
        #expect(get(server, token).status == 200)
        _ = try caller(credentials, server)
        server.scratch.clock.advance(milliseconds: 3_600_000)
        #expect(throws: SignatureFailure.expiredToken) { try caller(credentials, server) }
    }

    @Test(arguments: [
        (PolicyMode.off, #"{"AWS":"000000000000"}"#, 200),
        (.report, #"{"AWS":"000000000000"}"#, 200),
        (.enforce, #"{"AWS":"000000000000"}"#, 403),
        (.enforce, #"{"Service":"lambda.amazonaws.com"}"#, 403),
        (.enforce, #"{"Service":["lambda.amazonaws.com","ecs-tasks.amazonaws.com"]}"#, 200),
    ])
    func `The role's trust policy is asked as the service of tasks`(
        mode: PolicyMode,
        principal: String,
        status: Int
    ) throws {
        let server = try server(mode, trusting: principal)
        let answer = get(server, try token(server))
        #expect(answer.status == status)
        guard status == 403 else { return }
        #expect(answer.json["error"] == "AccessDenied")
        let sentence =
            "User: ecs-tasks.amazonaws.com is not authorized to perform: sts:AssumeRole on"
            + " resource: arn:aws:iam::000000000000:role/task"
        #expect(answer.json["message"]?.string == sentence)
    }

    @Test(arguments: [
        (#""StringEquals":{"aws:SourceAccount":"000000000000"}"#, 200),
        (#""StringEquals":{"aws:SourceAccount":"111111111111"}"#, 403),
        (#""ArnLike":{"aws:SourceArn":"arn:aws:ecs:us-east-1:000000000000:*"}"#, 200),
        (#""ArnLike":{"aws:SourceArn":"arn:aws:ecs:eu-west-1:000000000000:*"}"#, 403),
        (#""Bool":{"aws:PrincipalIsAWSService":"true"}"#, 200),
        (#""StringEquals":{"aws:PrincipalAccount":"000000000000"}"#, 403),
    ])
    func `Conditions of the trust policy see what ECS tells`(
        condition: String,
        status: Int
    ) throws {
        let server = try server(.enforce, if: #","Condition":{\#(condition)}"#)
        #expect(get(server, try token(server)).status == status)
    }

    @Test func `The trail says that ECS assumed the role`() throws {
        let server = try server()
        _ = get(server, try token(server))
        let answer = server.send(.get("/_pocketvault/audit", query: "event=AssumeRole"))
        let text = answer.text
        #expect(
            text.contains(
                #""userIdentity":{"type":"AWSService","invokedBy":"ecs-tasks.amazonaws.com"}"#
            )
        )
        #expect(text.contains(#""sourceIPAddress":"ecs-tasks.amazonaws.com""#))
    }

    @Test func `A role that was made anew under its name is the token's role again`() throws {
        let server = try server()
        let token = try token(server)
        try server.scratch.iam(.deleteRole, ["RoleName": "task"])
        #expect(get(server, token).status == 404)
        try makeRole(on: server, trusting: Self.tasks)
        #expect(get(server, token).status == 200)
    }

    @Test(arguments: [
        (#"{"role":"nobody"}"#, 404, "NoSuchRole"),
        (#"{"role":"task","account":"111111111111"}"#, 404, "NoSuchRole"),
        (#"{"role":"arn:aws:iam::000000000000:role/nobody"}"#, 404, "NoSuchRole"),
        (#"{"role":"arn:aws:iam::000000000000:user/task"}"#, 400, "InvalidRequest"),
        (#"{"role":"arn:aws:iam::1:role/task"}"#, 400, "InvalidRequest"),
        (#"{"role":"task","account":"12"}"#, 400, "InvalidRequest"),
        (#"{"role":""}"#, 400, "InvalidRequest"),
        (#"{"role":1}"#, 400, "InvalidRequest"),
        (#"{"role":"task","more":"x"}"#, 400, "InvalidRequest"),
        ("{}", 400, "InvalidRequest"), ("[]", 400, "InvalidRequest"), ("", 400, "InvalidRequest"),
    ])
    func `A wrong order is refused`(body: String, status: Int, code: String) throws {
        let answer = post(body, to: try server())
        #expect(answer.status == status)
        #expect(answer.json["error"] == .string(code))
    }

    @Test func `The ARN of the role does as well as its name`() throws {
        let server = try server()
        let answer = post(#"{"role":"arn:aws:iam::000000000000:role/task"}"#, to: server)
        #expect(get(server, answer.json["token"]?.string).status == 200)
    }

    @Test func `Neither tokens nor keys are in the log or in the trail`() throws {
        let server = try server()
        let token = try token(server)
        let credentials = get(server, token).json
        let trail = server.send(.get("/_pocketvault/audit")).text
        for name in ["SecretAccessKey", "Token"] {
            let secret = try #require(credentials[name]?.string)
            #expect(!server.logText.contains(secret) && !trail.contains(secret))
        }
        #expect(!server.logText.contains(token) && !trail.contains(token))
    }
}
