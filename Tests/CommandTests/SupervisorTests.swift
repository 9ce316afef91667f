import Foundation
import Testing

/// Commands that are run beside `pocketvault exec`, as everyone sees them from outside.
@Suite("A command beside exec") struct SupervisorTests {
    /// Runs a shell's text under exec, which stays beside it.
    private func running(_ script: String) throws -> Running {
        let running = try Running(["exec", "--mask", "--", "/bin/sh", "-c", script])
        return running
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGQUIT])
    func `A signal is passed on, and the command decides what becomes of it`(signal: Int32) throws {
        let name = [
            SIGINT: "INT", SIGTERM: "TERM", SIGHUP: "HUP", SIGUSR1: "USR1", SIGQUIT: "QUIT",
        ]
        let running = try running(
            "trap 'echo got; exit 9' \(name[signal] ?? ""); echo ready; while :; do sleep 0.05; done"
        )
        running.wait { $0.contains("ready") }
        running.signal(signal)
        #expect(running.waitForExit(seconds: 10) == 9)
        #expect(running.output() == "ready\ngot\n")
    }

    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130), (SIGHUP, 129)] as [(Int32, Int32)])
    func `A command that a signal ends gives 128 and its number`(
        signal: Int32,
        code: Int32
    ) throws {
        let running = try running("echo ready; exec sleep 60")
        running.wait { $0.contains("ready") }
        running.signal(signal)
        #expect(running.waitForExit(seconds: 10) == code)
    }

    @Test func `Exec becomes the command when nothing is to be done around it`() throws {
        let running = try Running(["exec", "--", "/bin/sh", "-c", "echo $$; exec sleep 60"])
        // The shell's line comes before it has become `sleep`.
        running.wait { $0.hasSuffix("\n") && running.kernelView("comm") == "sleep\n" }
        #expect(running.kernelView("comm") == "sleep\n")
        running.signal(SIGTERM)
        #expect(running.waitForExit(seconds: 10) == 143)
    }

    @Test func `Output that nobody reads any more ends the command, not the machine`() throws {
        let running = try Running(
            ["-c", "pocketvault exec --mask -- yes calm | head -n 1; echo done"],
            program: "/bin/sh"
        )
        #expect(running.waitForExit(seconds: 10) == 0)
        #expect(running.output() == "calm\ndone\n")
    }

    @Test func `A script without a word of what runs it is the shell's`() throws {
        let folder = NSTemporaryDirectory() + "pocketvault-script-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "echo $1".write(toFile: "\(folder)/script", atomically: true, encoding: .utf8)
        chmod("\(folder)/script", 0o755)
        for options in [["exec", "--"], ["exec", "--mask", "--"]] {
            let outcome = try Binary.run(options + ["\(folder)/script", "two words"])
            #expect(outcome == Binary.Outcome(output: "two words\n", error: "", exitCode: 0))
        }
    }

    @Test func `All output is shown when the command has ended`() throws {
        let outcome = try Binary.run(
            ["exec", "--mask", "--", "/bin/sh", "-c", "seq 1 20000; seq 1 20000 >&2"]
        )
        #expect(outcome.output.split(separator: "\n").count == 20_000)
        #expect(outcome.error.split(separator: "\n").count == 20_000)
    }
}
