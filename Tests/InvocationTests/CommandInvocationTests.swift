import Foundation
import Invocation
import Testing

@Suite("A command that is called")
struct CommandInvocationTests {
    private func run(
        _ script: String,
        input: String = "",
        environment: [String: String] = [:],
        timeoutMilliseconds: Int = 20_000,
        _ cancellation: Cancellation = Cancellation()
    ) throws -> InvocationResult {
        let path = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString).sh"
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o700)
        defer { unlink(path) }
        return CommandInvocation(
            path: path,
            input: Array(input.utf8),
            environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 },
            timeoutMilliseconds: timeoutMilliseconds
        ).run(until: cancellation)
    }

    private func output(of result: InvocationResult) -> String? {
        guard case .ended(let output) = result else { return nil }
        return String(decoding: output, as: UTF8.self)
    }

    @Test func `It reads the event and ends when that ends`() throws {
        let result = try run("cat; printf ' and %s' \"$?\"", input: #"{"Step":"createSecret"}"#)
        #expect(output(of: result) == #"{"Step":"createSecret"} and 0"#)
    }

    @Test func `It may leave the event unread`() throws {
        #expect(try output(of: run("exit 0", input: "x")) == "")
    }

    @Test func `It has the variables that it is given and no others`() throws {
        let result = try run("env | sort | grep -v '^_=\\|^PWD='", environment: ["A": "b=c"])
        #expect(output(of: result) == "A=b=c\nPATH=/usr/bin:/bin\n")
    }

    @Test func `Signals that the server holds back reach it`() throws {
        let result = try run("kill -TERM $$; sleep 20")
        guard case .failed(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.hasSuffix("was ended by signal 15"))
    }

    @Test func `A status other than 0 is a failure`() throws {
        guard case .failed(let reason) = try run("echo secret; exit 3") else {
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

    @Test func `When it takes too long it is killed, with what it has started`() throws {
        let mark = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        let script = "(sleep 1; touch \(mark)) & sleep 20"
        let result = try run(script, timeoutMilliseconds: 100)
        #expect(result == .failed("Task timed out after 100 milliseconds"))
        usleep(1_300_000)
        #expect(access(mark, F_OK) != 0)
    }

    @Test func `When nobody waits any more it is killed at once`() throws {
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(try run("sleep 20", cancellation) == .cancelled)
    }

    @Test func `More than is kept of its output is thrown away`() throws {
        let result = try run("head -c 3000000 /dev/zero")
        #expect(output(of: result)?.utf8.count == HTTPAnswer.maximumLength)
    }

    @Test func `A child that keeps its output open is not waited for`() throws {
        #expect(try output(of: run("sleep 5 & echo done")) == "done\n")
    }
}
