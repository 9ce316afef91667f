import AWS
import HTTPServer
import JSON
import Storage
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("What the control surface says about policies")
struct PolicyControlTests {
    private static let json = (name: "Content-Type", value: "application/json")

    private func simulate(_ server: ScratchServer, _ body: String) -> HTTPResponse {
        server.send(.post(body, [Self.json], path: "/_pocketvault/policy/simulate"))
    }

    @Test("a simulation names the statement, whatever the mode is", arguments: PolicyMode.allCases)
    func simulation(mode: PolicyMode) throws {
        let server = try ScratchServer(policies: mode)
        let allow = PolicyDraft.statement("Allow", "secretsmanager:Get*")
        let user = try server.scratch.user("u", policies: [allow])
        let body =
            #"{"principal":"\#(user.principal.arn)","action":"secretsmanager:GetSecretValue","#
            + #""secret":"any"}"#
        let allowed = simulate(server, body).json
        #expect(allowed["allowed"] == true)
        #expect(
            allowed["explanation"]?.string
                == "Allowed by statement 1 of the identity-based policy policy-1."
        )
        let denied = simulate(server, body.replacing("GetSecretValue", with: "PutSecretValue")).json
        #expect(denied["allowed"] == false)
        #expect(
            denied["explanation"]?.string
                == "Denied: no identity-based policy allows it. Nearest: statement 1 of the"
                + " identity-based policy policy-1, but it is about other actions."
        )
    }

    @Test("condition keys can be given with a simulation")
    func context() throws {
        let server = try ScratchServer()
        let allow = PolicyDraft.statement(
            "Allow",
            "secretsmanager:CreateSecret",
            "secretsmanager:TagResource",
            if: #"{"StringEquals":{"aws:RequestTag/team":"payments"}}"#
        )
        let user = try server.scratch.user("u", policies: [allow])
        func body(_ team: String) -> String {
            #"{"principal":"\#(user.principal.arn)","action":"secretsmanager:CreateSecret","#
                + #""secret":"n","context":{"aws:RequestTag/team":"\#(team)"}}"#
        }
        #expect(simulate(server, body("payments")).json["allowed"] == true)
        let denied = simulate(server, body("search")).json["explanation"]?.string
        #expect(
            denied?.contains(
                #"this does not hold: StringEquals aws:RequestTag/team "payments""#
            ) == true
        )
    }

    @Test(
        "a question that makes no sense is refused",
        arguments: [
            (#"{}"#, 400), (#"{"principal":"x"}"#, 400), (#"{"principal":5,"action":"a"}"#, 400),
            (#"{"principal":"x","action":"s3:GetObject"}"#, 404),
            (#"{"principal":"x","action":"s3:GetObject","context":[]}"#, 400),
            (#"{"principal":"x","action":"s3:GetObject","context":{"k":5}}"#, 400),
            (#"[]"#, 400),
        ]
    )
    func refused(_ body: String, _ status: Int) throws {
        #expect(simulate(try ScratchServer(), body).status == status)
    }

    @Test("paths take their own method only, and a foreign content type is refused")
    func methods() throws {
        let server = try ScratchServer()
        for path in ["explain", "suggest"] {
            let request = HTTPRequest.post("{}", [Self.json], path: "/_pocketvault/policy/\(path)")
            #expect(server.send(request).status == 405)
        }
        #expect(server.send(.get("/_pocketvault/policy/simulate")).status == 405)
        #expect(server.send(.get("/_pocketvault/policy/suggest")).status == 400)
        #expect(server.send(.get("/_pocketvault/policy/explain")).status == 404)
        let plain = HTTPRequest.post("{}", [], path: "/_pocketvault/policy/simulate")
        #expect(server.send(plain).status == 415)
    }

    @Test("a trail that was not touched is intact")
    func verify() throws {
        let server = try ScratchServer()
        try server.scratch.call(.createSecret, ["Name": "n"])
        let answer = server.send(.get("/_pocketvault/audit/verify")).json
        #expect(answer["intact"] == true)
        #expect(answer["fault"] == nil)
        #expect(answer["hash"]?.string?.count == 64)
    }
}
