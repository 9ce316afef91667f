import Testing

@Suite("audit and events")
struct AuditTests {
    @Test("calls are shown, a line each")
    func calls() throws {
        let server = try Running.server()
        let transcript = try Binary.run(["audit", "--endpoint", server.endpoint])
        #expect(transcript.exitCode == 0)
        #expect(transcript.error.isEmpty)
    }

    @Test("what the server refuses is one line on standard error", arguments: ["audit", "events"])
    func refusals(command: String) throws {
        let server = try Running.server()
        let limit = try Binary.run([command, "--limit", "0", "--endpoint", server.endpoint])
        #expect(limit.exitCode == 64)
        let since = try Binary.run(
            ["audit", "--since", "to day&limit=1", "--endpoint", server.endpoint]
        )
        #expect(since.exitCode == 1)
        #expect(
            since.error
                == "pocketvault: The field since is a moment as in 2026-11-24T10:00:00Z.\n"
        )
    }

    @Test("without a server it says how to start one", arguments: ["audit", "events"])
    func unreachable(command: String) throws {
        let transcript = try Binary.run([command, "--endpoint", "http://127.0.0.1:1"])
        #expect(transcript.exitCode == 1)
        #expect(transcript.error.contains("start one: pocketvault serve"))
    }
}
