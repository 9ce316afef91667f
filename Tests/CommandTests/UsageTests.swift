import Testing

@Suite("Usage")
struct UsageTests {
    @Test("says its version")
    func version() throws {
        let transcript = try Binary.run(["--version"])
        #expect(transcript == Binary.Transcript(output: "0.1.0\n", error: "", exitCode: 0))
    }

    @Test("every command's help has examples", arguments: ["serve", "env", "healthcheck", "clock"])
    func help(_ command: String) throws {
        let transcript = try Binary.run([command, "--help"])
        #expect(transcript.exitCode == 0)
        #expect(transcript.output.contains("Example"))
        #expect(transcript.output.contains("pocketvault \(command)") || command == "healthcheck")
    }

    @Test(
        "bad usage is 64, on standard error, and starts nothing",
        arguments: [
            ["--port", "x"], ["--port", "70000"], ["--port", "-1"], ["--account", "12"],
            ["--region", "a b"], ["--log-format", "xml"], ["--log-level", "loud"], ["--host", ""],
            ["--database", ""], ["--nothing"], ["--rotation-function", "*"],
            ["--events-url", "here"], ["--rotation-timeout", "0"], ["--rotation-timeout", "901"],
            ["--rotation-function", "*=builtin:magic"], ["serve", "argument"], ["unknown"],
        ]
    )
    func badUsage(_ arguments: [String]) throws {
        let transcript = try Binary.run(arguments)
        #expect(transcript.exitCode == 64)
        #expect(transcript.output.isEmpty)
        #expect(transcript.error.hasPrefix("Error: "))
    }

    @Test(
        "a bad value in the environment is bad usage as well",
        arguments: [
            ["POCKETVAULT_PORT": "x"], ["POCKETVAULT_ACCOUNT": "12"],
            ["POCKETVAULT_LOG_LEVEL": "x"], ["POCKETVAULT_ROTATION_FUNCTION": "*=/a,x"],
        ]
    )
    func badEnvironment(_ environment: [String: String]) throws {
        let transcript = try Binary.run(["serve"], environment: environment)
        #expect(transcript.exitCode == 64)
        #expect(transcript.output.isEmpty)
    }
}
