import AWS
import Foundation
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("The control surface")
struct ControlTests {
    static let json = (name: "Content-Type", value: "application/json")

    private func seeded() throws -> ScratchServer {
        let text = #"{"version":1,"secrets":[{"name":"seeded","value":"calm-otter"}]}"#
        let document = try SeedDocument(Array(text.utf8), file: "s.json", defaultScope: .here)
        return try ScratchServer(seeds: SeedPlan([document]))
    }

    private func names(_ server: ScratchServer) -> [String?] {
        let list = server.call("ListSecrets", "{}").json["SecretList"]?.elements ?? []
        return list.map { $0["Name"]?.string }
    }

    @Test(
        "health says version and counts",
        arguments: ["/_pocketvault/health", "/health"]
    )
    func health(_ path: String) throws {
        let server = try ScratchServer()
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        let response = server.send(.get(path))
        #expect(response.status == 200)
        #expect(
            response.text
                == #"{"status":"ok","version":"0.1.0","services":{"cloudtrail":"running","#
                + #""ecs":"running","iam":"running","kms":"running","#
                + #""secretsmanager":"running","ssm":"running","sts":"running"},"#
                + #""secrets":1,"versions":1,"#
                + #""signatures":"ignore","iam":"off","#
                + #""account":"000000000000","region":"us-east-1","auditRecordsDropped":0}"#
        )
    }

    @Test(
        "what compose files for LocalStack ask is answered in the text that they look for",
        arguments: [
            ("health", #""secretsmanager": "running", "#), ("info", #""version": "0.1.0", "#),
            ("init", #"{"completed": {"BOOT": true, "START": true, "READY": "#),
            ("init/boot", #"{"completed": true, "scripts": []}"#),
            ("init/ready", #"{"completed": true, "scripts": []}"#),
            ("init/shutdown", #"{"completed": false, "scripts": []}"#),
        ]
    )
    func localStack(_ path: String, _ text: String) throws {
        let response = try ScratchServer().send(.get("/_localstack/\(path)"))
        #expect(response.status == 200)
        #expect(response.text.contains(text))
    }

    @Test("reset empties the vault and seeds it again")
    func reset() throws {
        let server = try seeded()
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        let response = server.send(.post("{}", [Self.json], path: "/_pocketvault/reset"))
        #expect(response.status == 200)
        #expect(response.text == #"{"status":"ok","seeded":1}"#)
        #expect(names(server) == ["seeded"])
    }

    @Test("moto's reset needs neither content type nor body")
    func motoReset() throws {
        let server = try seeded()
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        #expect(server.send(.post("", [], path: "/moto-api/reset")).status == 200)
        #expect(names(server) == ["seeded"])
    }

    @Test("reset of one account leaves the others alone, and their seeds")
    func resetOfOneAccount() throws {
        let server = try seeded()
        let other = signed(key: "111111111111")
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        _ = server.call("CreateSecret", FrontEndTests.newSecret, authorization: other)
        let body = #"{"account":"111111111111"}"#
        let response = server.send(.post(body, [Self.json], path: "/_pocketvault/reset"))
        #expect(response.text == #"{"status":"ok","seeded":0}"#)
        #expect(names(server) == ["demo"])
        let list = server.call("ListSecrets", "{}", authorization: other)
        #expect(list.text == #"{"SecretList":[]}"#)
    }

    @Test("on a file without seeds reset must be told to erase")
    func erase() throws {
        let folder = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = try ScratchServer(database: folder + "/vault.db")
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        let path = "/_pocketvault/reset"
        for body in ["{}", #"{"erase":false}"#] {
            let refusal = server.send(.post(body, [Self.json], path: path))
            #expect(refusal.status == 409)
            #expect(refusal.json["error"] == .string("EraseNotConfirmed"))
        }
        #expect(server.send(.post("", [], path: "/moto-api/reset")).status == 409)
        #expect(names(server) == ["demo"])
        #expect(server.send(.post(#"{"erase":true}"#, [Self.json], path: path)).status == 200)
        #expect(names(server) == [])
    }

    @Test(
        "a reset that is not meant so is refused, and nothing is lost",
        arguments: [
            ("", 400), ("[]", 400), ("{", 400), (#"{"acount":"111111111111"}"#, 400),
            (#"{"account":"1"}"#, 400), (#"{"account":null}"#, 400), (#"{"erase":"yes"}"#, 400),
        ]
    )
    func refusedResets(_ body: String, _ status: Int) throws {
        let server = try ScratchServer()
        _ = server.call("CreateSecret", FrontEndTests.newSecret)
        let response = server.send(.post(body, [Self.json], path: "/_pocketvault/reset"))
        #expect(response.status == status)
        #expect(response.json["message"]?.string?.isEmpty == false)
        #expect(names(server) == ["demo"])
    }

    @Test(
        "a reset needs the content type that no foreign page can send",
        arguments: ["text/plain", "application/x-www-form-urlencoded", "", nil]
    )
    func contentType(_ contentType: String?) throws {
        let server = try ScratchServer()
        let headers = contentType.map { [(name: "Content-Type", value: $0)] } ?? []
        let response = server.send(.post("{}", headers, path: "/_pocketvault/reset"))
        #expect(response.status == 415)
    }

    @Test(
        "a wrong method is 405 and says which is right",
        arguments: [
            ("POST", "/_pocketvault/health", "GET, HEAD"), ("PUT", "/health", "GET, HEAD"),
            ("POST", "/_pocketvault/ready", "GET, HEAD"), ("GET", "/_pocketvault/reset", "POST"),
            ("GET", "/moto-api/reset", "POST"), ("DELETE", "/_pocketvault/reset", "POST"),
            ("PUT", "/_pocketvault/clock", "GET, HEAD, POST"),
            ("POST", "/_pocketvault/audit", "GET, HEAD"),
            ("POST", "/_pocketvault/ca.pem", "GET, HEAD"),
            ("POST", "/_pocketvault/audit/verify", "GET, HEAD"),
            ("POST", "/_pocketvault/policy/explain", "GET"),
            ("GET", "/_pocketvault/policy/simulate", "POST"),
            ("HEAD", "/_pocketvault/policy/suggest", "GET"),
            ("POST", "/_pocketvault/cost", "GET"), ("POST", "/_pocketvault/check", "GET"),
            ("GET", "/_pocketvault/check/scan", "POST"), ("POST", "/_pocketvault/backup", "GET"),
            ("GET", "/_pocketvault/key/rotate", "POST"),
        ]
    )
    func methods(_ method: String, _ path: String, _ allow: String) throws {
        let response = try ScratchServer().send(HTTPRequest(method: method, path: path))
        #expect(response.status == 405)
        #expect(response[header: "Allow"] == allow)
        #expect(response.json["message"] == .string("This path takes \(allow) only."))
    }

    @Test("an unknown path is told which paths there are, each once")
    func paths() throws {
        let server = try ScratchServer()
        let message = server.send(.get("/_pocketvault")).json["message"]?.string
        #expect(
            message
                == "There is nothing under this path; there are /_pocketvault/health, …/ready, "
                + "…/ca.pem, …/reset, …/clock, …/audit, …/audit/verify, …/stream, …/credentials, "
                + "…/credentials/*, …/policy/explain, …/policy/simulate, …/policy/suggest, "
                + "…/cost, …/check, …/check/scan, …/seed, …/seed/progress, …/backup, …/key/rotate, "
                + "…/accounts, "
                + "…/accounts/*, …/snapshots, …/snapshots/*, …/faults, …/faults/* and …/assert."
        )
    }

    @Test("an unknown path is a 404 in JSON, even for a call with a target")
    func unknownPath() throws {
        let headers = [Self.json, (name: "X-Amz-Target", value: FrontEndTests.target)]
        for path in ["/_pocketvault", "/_pocketvault/nothing", "/_other"] {
            let response = try ScratchServer().send(.post("{}", headers, path: path))
            #expect(response.status == 404)
            #expect(response.json["error"] == .string("NotFound"))
        }
    }
}
