import Foundation
import Invocation
import Testing

@Suite("A command that is called")
struct CommandInvocationTests {
    /// Runs a shell whose standard input is the script: a file that was just written could not be
    /// run while another test's new process still has it open.
    private func run(
        _ script: String,
        path: String = "/bin/sh",
        environment: [String: String] = [:],
        timeoutMilliseconds: Int = 20_000,
        _ cancellation: Cancellation = Cancellation()
    ) -> InvocationResult {
        CommandInvocation(
            path: path,
            input: Array(script.utf8),
            environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 },
            timeoutMilliseconds: timeoutMilliseconds
        ).run(until: cancellation)
    }

    private func output(of result: InvocationResult) -> String? {
        guard case .ended(let output) = result else { return nil }
        return String(decoding: output, as: UTF8.self)
    }

    @Test func `It reads the event to its end, and its output is kept`() {
        let event = #"{"Step":"createSecret"}"#
        #expect(output(of: run(event, path: "/bin/cat")) == event)
    }

    @Test func `It is looked for in PATH when its name has no slash`() {
        #expect(output(of: run("x", path: "cat")) == "x")
    }

    @Test func `It may leave the event unread`() {
        #expect(output(of: run("x", path: "/bin/true")) == "")
    }

    @Test func `It has the variables that it is given and no others`() {
        let result = run("env | sort | grep -v '^_=\\|^PWD='", environment: ["A": "b=c"])
        #expect(output(of: result) == "A=b=c\nPATH=/usr/bin:/bin\n")
    }

    @Test func `Signals that the server holds back reach it`() {
        let result = run("kill -TERM $$; sleep 20")
        guard case .failed(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.hasSuffix("/bin/sh was ended by signal 15"))
    }

    @Test func `A status other than 0 is a failure`() {
        guard case .failed(let reason) = run("echo secret; exit 3") else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.hasSuffix("ended with 3"))
        #expect(!reason.contains("secret"))
    }

    @Test func `What is not there cannot be started`() {
        let result = CommandInvocation(
            path: "/nowhere/rotate",
            input: [],
            environment: [:],
            timeoutMilliseconds: 1_000
        ).run(until: Cancellation())
        #expect(
            result == .failed("/nowhere/rotate cannot be started: No such file or directory")
        )
    }

    @Test func `When it takes too long it is killed, with what it has started`() {
        let mark = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        let script = "(sleep 3; touch \(mark)) & sleep 20"
        let result = run(script, timeoutMilliseconds: 100)
        #expect(result == .failed("Task timed out after 100 milliseconds"))
        usleep(3_500_000)
        #expect(access(mark, F_OK) != 0)
    }

    @Test func `When nobody waits any more it is killed at once`() {
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(run("sleep 20", cancellation) == .cancelled)
    }

    @Test func `More than is kept of its output is thrown away`() {
        let result = run("head -c 3000000 /dev/zero")
        #expect(output(of: result)?.utf8.count == HTTPAnswer.maximumLength)
    }

    @Test func `A child that keeps its output open is not waited for`() {
        #expect(output(of: run("sleep 5 & echo done")) == "done\n")
    }
}
