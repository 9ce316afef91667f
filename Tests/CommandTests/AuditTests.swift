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

@Suite("policy and audit verify")
struct PolicyCommandTests {
    @Test("a trail that nobody touched is intact")
    func verify() throws {
        let server = try Running.server()
        let transcript = try Binary.run(["audit", "verify", "--endpoint", server.endpoint])
        #expect(transcript.exitCode == 0, "\(transcript.error)")
        #expect(transcript.output.hasPrefix("intact: "))
    }

    @Test("where nothing was refused there is nothing to explain")
    func nothing() throws {
        let server = try Running.server()
        let transcript = try Binary.run(["policy", "explain", "--endpoint", server.endpoint])
        #expect(transcript.exitCode == 1)
        #expect(
            transcript.error
                == "pocketvault: No call was refused, or would have been: is --iam report or"
                + " enforce on?\n"
        )
    }

    @Test(
        "bad usage is told and ends with 64",
        arguments: [
            ["policy", "simulate"], ["policy", "simulate", "--principal", "x"],
            ["policy", "simulate", "--principal", "x", "--action", "a", "--context", "k"],
            [
                "policy", "simulate", "--principal", "x", "--action", "a", "--secret", "s",
                "--resource", "arn:aws:s3:::b",
            ],
            ["policy", "suggest"],
        ]
    )
    func usage(arguments: [String]) throws {
        #expect(try Binary.run(arguments).exitCode == 64)
    }

    @Test("a simulation or suggestion for nobody, or of nonsense, is one line and ends with 1")
    func nobody() throws {
        let server = try Running.server()
        let nobody = "arn:aws:iam::000000000000:user/nobody"
        let root = "arn:aws:iam::000000000000:root"
        for (arguments, line) in [
            (["suggest", "--principal", nobody], "Nobody has the ARN \(nobody): name a user,"),
            (["suggest", "--principal", "x"], "Nobody has the ARN x: name a user,"),
            (
                ["simulate", "--principal", root, "--action", "GetSecretValue"],
                "\"GetSecretValue\" is no action:"
            ),
            (
                ["simulate", "--principal", root, "--action", "kms:Decrypt", "--region", "mars"],
                "\"mars\" is no region:"
            ),
        ] {
            let transcript = try Binary.run(
                ["policy"] + arguments + ["--endpoint", server.endpoint]
            )
            #expect(transcript.exitCode == 1)
            #expect(transcript.output.isEmpty)
            #expect(transcript.error.hasPrefix("pocketvault: \(line)"), "\(transcript.error)")
            #expect(transcript.error.split(separator: "\n").count == 1)
        }
    }

    @Test("who made no calls gets no document, and is told so on standard error")
    func noCalls() throws {
        let server = try Running.server()
        let root = "arn:aws:iam::000000000000:root"
        let transcript = try Binary.run(
            ["policy", "suggest", "--principal", root, "--endpoint", server.endpoint]
        )
        #expect(transcript.exitCode == 0)
        #expect(transcript.output.isEmpty)
        #expect(
            transcript.error
                == "the audit trail has no call of \(root) that needs a policy\n"
        )
    }

    @Test("modes that there are not end with 64", arguments: ["signatures", "iam"])
    func modes(option: String) throws {
        let transcript = try Binary.run(["serve", "--\(option)", "maybe"])
        #expect(transcript.exitCode == 64)
        #expect(transcript.error.contains("The \(option) 'maybe'"))
    }
}
