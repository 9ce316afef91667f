import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("As whom the agent reads")
struct AgentRoleTests {
    private static let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000000"},"#
        + #""Action":"sts:AssumeRole"}]}"#
    private static let reading =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
        + #""Action":"secretsmanager:GetSecretValue","Resource":"*"}]}"#

    private func server(agentRole: String? = nil) throws -> ScratchServer {
        let server = try ScratchServer(policies: .enforce, agentRole: agentRole)
        try server.scratch.call(.createSecret, ["Name": "app/key", "SecretString": "one"])
        return server
    }

    private func makeRole(
        _ name: String,
        on server: ScratchServer,
        trust: String = Self.trust,
        policy: String? = Self.reading
    ) throws {
        try server.scratch.iam(
            .createRole,
            ["RoleName": .string(name), "AssumeRolePolicyDocument": .string(trust)]
        )
        guard let policy else { return }
        try server.scratch.iam(
            .putRolePolicy,
            [
                "RoleName": .string(name), "PolicyName": "p",
                "PolicyDocument": .string(policy),
            ]
        )
    }

    private func surface(of server: ScratchServer) -> AgentSurface {
        AgentSurface(of: server.open, token: AgentToken("t")) { 1 }
    }

    private func ask(
        _ server: ScratchServer,
        _ query: String? = nil,
        by surface: AgentSurface? = nil
    ) -> HTTPResponse {
        let surface = surface ?? self.surface(of: server)
        let request = HTTPRequest(
            method: "GET",
            path: "/v1/app/key",
            query: query,
            headers: HTTPHeaders([(name: "X-Vault-Token", value: "t")])
        )
        return server.send(request, to: surface)
    }

    @Test func `It reads as the role that it was given, whose policies count`() throws {
        let server = try server(agentRole: "agent")
        try makeRole("agent", on: server, policy: nil)
        let refused = ask(server)
        #expect(refused.status == 400)
        #expect(refused.json["__type"] == "AccessDeniedException")
        let arn = "arn:aws:sts::000000000000:assumed-role/agent/secrets-manager-provider"
        #expect(
            refused.json["message"]?.string?.hasPrefix("User: \(arn) is not authorized") == true
        )
        try server.scratch.iam(
            .putRolePolicy,
            ["RoleName": "agent", "PolicyName": "p", "PolicyDocument": .string(Self.reading)]
        )
        #expect(ask(server).json["SecretString"] == "one")
    }

    @Test func `Without the role that it was given it fails, and the log says why`() throws {
        let server = try server(agentRole: "nobody")
        let answer = ask(server)
        #expect(answer.status == 500 && answer.text == #"{"__type":"InternalFailure"}"#)
        #expect(server.logText.contains("there is no role nobody, which --agent-role names"))
    }

    @Test func `A role that the query names is assumed, once for many reads`() throws {
        let server = try server()
        try makeRole("reader", on: server)
        let query = "roleArn=arn:aws:iam::000000000000:role/reader"
        let surface = surface(of: server)
        #expect(ask(server, query, by: surface).json["SecretString"] == "one")
        let anew = ask(server, query + "&refreshNow=1", by: surface)
        #expect(anew.json["SecretString"] == "one")
        let calls = try server.scratch.auditRecords()
        #expect(calls.filter { $0.eventName == "AssumeRole" }.count == 1)
        let reader = "arn:aws:sts::000000000000:assumed-role/reader/secrets-manager-provider"
        #expect(calls.filter { $0.principalARN == reader }.count == 2)
    }

    @Test func `A role that may not be assumed is refused in the provider's words`() throws {
        let server = try server()
        let trust = Self.trust.replacing("000000000000", with: "111111111111")
        try makeRole("closed", on: server, trust: trust)
        for name in ["closed", "nobody"] {
            let arn = "arn:aws:iam::000000000000:role/\(name)"
            let answer = ask(server, "roleArn=\(arn)")
            #expect(answer.status == 403)
            #expect(
                answer.text
                    == #"{"__type":"AccessDeniedException","message":"#
                    + #""Failed to create caching client from role: \#(arn)"}"#
            )
        }
    }

    @Test func `What one role has read is not given to another`() throws {
        let server = try server()
        try makeRole("reader", on: server)
        try makeRole("poor", on: server, policy: nil)
        #expect(ask(server, "roleArn=arn:aws:iam::000000000000:role/reader").status == 200)
        #expect(ask(server).status == 200)
        #expect(ask(server, "roleArn=arn:aws:iam::000000000000:role/poor").status == 400)
    }

    @Test func `A role that was deleted is assumed no longer`() throws {
        let server = try server()
        try makeRole("reader", on: server)
        let query = "roleArn=arn:aws:iam::000000000000:role/reader&refreshNow=1"
        #expect(ask(server, query).status == 200)
        try server.scratch.iam(.deleteRolePolicy, ["RoleName": "reader", "PolicyName": "p"])
        try server.scratch.iam(.deleteRole, ["RoleName": "reader"])
        #expect(ask(server, query).status == 403)
    }
}
