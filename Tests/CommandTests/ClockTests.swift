import Testing

@Suite("clock")
struct ClockTests {
    private func clock(_ server: Running, _ arguments: String...) throws -> Binary.Transcript {
        try Binary.run(["clock"] + arguments + ["--endpoint", server.endpoint])
    }

    @Test("freezes, advances and shows the time")
    func moves() throws {
        let server = try Running.server()
        #expect(
            try clock(server, "freeze", "2027-01-01T00:00:00Z").output
                == "2027-01-01T00:00:00.000Z (frozen)\n"
        )
        #expect(
            try clock(server, "advance", "P31D").output == "2027-02-01T00:00:00.000Z (frozen)\n"
        )
        #expect(try clock(server).output == "2027-02-01T00:00:00.000Z (frozen)\n")
        #expect(try clock(server, "rate", "3600").output.hasSuffix("(3600 times as fast)\n"))
        #expect(try clock(server, "show", "--json").output.hasPrefix(#"{"now":"2027-02-"#))
        #expect(try !clock(server, "reset").output.hasPrefix("2027"))
    }

    @Test("what the server refuses is one line on standard error")
    func refusals() throws {
        let server = try Running.server()
        let transcript = try clock(server, "advance", "P1M")
        #expect(transcript.exitCode == 1)
        #expect(transcript.output.isEmpty)
        #expect(transcript.error.hasPrefix("pocketvault: A length of time is as in P31D"))
        #expect(transcript.error.split(separator: "\n").count == 1)
    }

    @Test("without a server it says how to start one")
    func unreachable() throws {
        let transcript = try Binary.run(["clock", "--endpoint", "http://127.0.0.1:1"])
        #expect(transcript.exitCode == 1)
        #expect(transcript.error.contains("start one: pocketvault serve"))
    }
}
