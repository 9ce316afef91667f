import Foundation
import Testing

/// A command that runs, with what it writes kept in files: no pipe can fill up and block it.
final class Running {
    private let process = Process()
    private let folder: String

    /// Starts a command, with the built `pocketvault` first in its `PATH`.
    ///
    /// - Parameters:
    ///   - arguments: of the program.
    ///   - program: its path.
    ///   - environment: all that it has of one, besides `PATH`.
    ///   - directory: where it runs; a folder of its own when nil.
    /// - Throws: when the program cannot be started.
    init(
        _ arguments: [String],
        program: String = Binary.path,
        environment: [String: String] = [:],
        directory: String? = nil
    ) throws {
        folder = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["out", "err"] {
            _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil)
        }
        let path = URL(fileURLWithPath: Binary.path).deletingLastPathComponent().path
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory ?? folder)
        process.environment = environment.merging(["PATH": path + ":/usr/bin:/bin"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/out")
        process.standardError = FileHandle(forWritingAtPath: "\(folder)/err")
        try process.run()
    }

    deinit {
        // Children of tests inherit a mask that blocks SIGTERM, so only this is sure to end one.
        if process.isRunning { signal(SIGKILL) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts a server on a free port and waits until it says that it is ready.
    static func server(
        _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws -> Running {
        let running = try Running(
            ["serve", "--port", "0"] + arguments,
            environment: ["POCKETVAULT_DATABASE": ":memory:"].merging(environment) { $1 }
        )
        running.wait { $0.hasSuffix("\n") }
        try #require(running.process.isRunning, "\(running.error())")
        return running
    }

    /// The address in the line that says that the server is ready.
    var endpoint: String {
        String(output().split(separator: " ").last ?? "").trimmingCharacters(in: .newlines)
    }

    var isRunning: Bool { process.isRunning }

    func output() -> String { contents("out") }

    func error() -> String { contents("err") }

    /// What the kernel says of the process, as in `limits`.
    func kernelView(_ name: String) -> String {
        let path = "/proc/\(process.processIdentifier)/\(name)"
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    /// Signals the command and what it started, as a terminal does: they are a group of processes.
    func signal(_ signal: Int32) {
        kill(-process.processIdentifier, signal)
    }

    /// Waits until the output is as `isEnough` wants it, the command has ended, or much time went by.
    func wait(seconds: Double = 20, until isEnough: (_ output: String) -> Bool) {
        let deadline = Date().addingTimeInterval(seconds)
        while process.isRunning, !isEnough(output()), Date() < deadline { usleep(10_000) }
    }

    /// Waits for the end, and forces it when it does not come.
    ///
    /// - Parameter seconds: how long to wait for it.
    /// - Returns: the exit code as a shell has it: 128 and its number for a signal.
    func waitForExit(seconds: Double) -> Int32 {
        let deadline = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < deadline { usleep(2_000) }
        if process.isRunning { signal(SIGKILL) }
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? 128 + status : status
    }

    private func contents(_ name: String) -> String {
        let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
        return String(decoding: data, as: UTF8.self)
    }
}
