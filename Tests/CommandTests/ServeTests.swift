import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite("serve")
struct ServeTests {
    private func get(_ url: String) async throws -> (status: Int?, body: String) {
        let (body, response) = try await URLSession.shared.data(
            from: try #require(URL(string: url))
        )
        return ((response as? HTTPURLResponse)?.statusCode, String(decoding: body, as: UTF8.self))
    }

    @Test("says in one line where it listens, and is ready then")
    func readyLine() async throws {
        let server = try Running.server()
        let line = try #require(server.output().split(separator: "\n").first)
        #expect(
            line.wholeMatch(
                of: /Pocketvault 0\.1\.0 listening on http:\/\/127\.0\.0\.1:[1-9][0-9]*/
            ) != nil
        )
        #expect(server.output().hasSuffix("\n"))
        #expect(try await get(server.endpoint + "/_pocketvault/ready").status == 200)
        let check = try Binary.run(["healthcheck", "--endpoint", server.endpoint])
        #expect(check == Binary.Transcript(output: "", error: "", exitCode: 0))
        let byVariable = try Binary.run(
            ["healthcheck"],
            environment: ["AWS_ENDPOINT_URL_SECRETS_MANAGER": server.endpoint]
        )
        #expect(byVariable.exitCode == 0)
    }

    @Test("leaves no core dump, whose memory would hold values")
    func noCoreDumps() throws {
        let limits = try Running.server().kernelView("limits").split(separator: "\n")
        let core = try #require(limits.first { $0.hasPrefix("Max core file size") })
        #expect(core.split(separator: " ").filter { $0 == "0" }.count == 2)
    }

    @Test("ends with 0 in under a second", arguments: [SIGINT, SIGTERM])
    func stops(_ signal: Int32) throws {
        let server = try Running.server()
        let start = Date()
        server.signal(signal)
        #expect(server.waitForExit(seconds: 5) == 0)
        #expect(Date().timeIntervalSince(start) < 1)
        #expect(server.output().split(separator: "\n").count == 1)
    }

    @Test("a request is in the log when the server has ended, and no escape from its name")
    func logs() async throws {
        let server = try Running.server(environment: ["POCKETVAULT_LOG_FORMAT": "json"])
        _ = try await get(server.endpoint + "/a%1Bb")
        server.signal(SIGTERM)
        #expect(server.waitForExit(seconds: 5) == 0)
        #expect(server.error().contains(#""status":403"#))
        #expect(!server.error().contains("\u{1B}"))
    }

    @Test("keeps a file from one run to the next, which another server may not open meanwhile")
    func keeps() async throws {
        let folder = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = ["POCKETVAULT_DATABASE": folder + "/vault.db"]
        let seed = try seedFile(#"{"version":1,"secrets":[{"name":"a","value":"v"}]}"#)
        defer { try? FileManager.default.removeItem(atPath: seed) }
        let first = try Running.server(["--seed", seed], environment: file)
        let refused = try Binary.run(["serve", "--port", "0"], environment: file)
        #expect(refused.exitCode == 1)
        #expect(refused.output.isEmpty)
        #expect(refused.error.split(separator: "\n").count == 1)
        #expect(refused.error.contains("open in another process"))
        first.signal(SIGTERM)
        #expect(first.waitForExit(seconds: 5) == 0)
        let second = try Running.server(environment: file)
        #expect(try await get(second.endpoint + "/health").body.contains(#""secrets":1"#))
    }

    @Test("a port that is taken is one line that says what to do, and 1")
    func portTaken() throws {
        let server = try Running.server()
        let port = String(try #require(server.endpoint.split(separator: ":").last))
        let refused = try Binary.run(["--port", port, "--database", ":memory:"])
        #expect(
            refused
                == Binary.Transcript(
                    output: "",
                    error: "pocketvault: port \(port) is taken by another program; choose another"
                        + " with --port, or 0 for any\n",
                    exitCode: 1
                )
        )
    }

    @Test("a bad seed is one line with file, line and member, and 1")
    func badSeed() throws {
        let seed = try seedFile("{\"version\":1,\n\"secrets\":[{\"name\":\"a\",\"polcy\":1}]}")
        defer { try? FileManager.default.removeItem(atPath: seed) }
        let refused = try Binary.run(["serve", "--seed", seed, "--database", ":memory:"])
        #expect(refused.exitCode == 1)
        #expect(refused.output.isEmpty)
        #expect(refused.error.hasPrefix("pocketvault: \(seed):2: secrets[0].polcy: there is no"))
        #expect(refused.error.split(separator: "\n").count == 1)
    }

    @Test("a wrong master key is one line, and 1")
    func wrongKey() throws {
        let folder = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func key(_ byte: UInt8) -> [String: String] {
            [
                "POCKETVAULT_DATABASE": folder + "/vault.db",
                "POCKETVAULT_MASTER_KEY": Data(repeating: byte, count: 32).base64EncodedString(),
            ]
        }
        let server = try Running.server(environment: key(1))
        server.signal(SIGTERM)
        #expect(server.waitForExit(seconds: 5) == 0)
        let refused = try Binary.run(["serve", "--port", "0"], environment: key(2))
        #expect(refused.exitCode == 1)
        #expect(refused.output.isEmpty)
        #expect(refused.error.contains("master key"))
        #expect(refused.error.split(separator: "\n").count == 1)
    }

    @Test("healthcheck is 1 where nothing listens")
    func nothingListens() throws {
        let transcript = try Binary.run(["healthcheck", "--endpoint", "http://127.0.0.1:1"])
        #expect(transcript.exitCode == 1)
        #expect(transcript.output.isEmpty)
        #expect(transcript.error.hasPrefix("pocketvault: no server at 127.0.0.1:1 ("))
    }

    private func seedFile(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString).json"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
