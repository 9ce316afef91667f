import Foundation

/// A command that runs, with what it writes kept in files: no pipe can fill up and block it.
final class Running {
    private let process = Process()
    private let folder: String

    init(_ arguments: [String], environment: [String: String] = [:], folder: String? = nil) throws {
        let folder = folder ?? NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["out", "err"] {
            _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil)
        }
        process.executableURL = URL(fileURLWithPath: Binary.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/out")
        process.standardError = FileHandle(forWritingAtPath: "\(folder)/err")
        try process.run()
    }

    deinit {
        // Children of tests inherit a mask that blocks SIGTERM, so only this is sure to end one.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
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
        for _ in 0..<1_000 where running.output().isEmpty && running.process.isRunning {
            usleep(10_000)
        }
        return running
    }

    /// The address in the line that says that the server is ready.
    var endpoint: String {
        String(output().split(separator: " ").last ?? "").trimmingCharacters(in: .newlines)
    }

    func output() -> String { contents("out") }

    func error() -> String { contents("err") }

    /// A path in the folder that the command runs in.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// What the kernel says of the process, as in `limits`.
    func kernelView(_ name: String) -> String {
        let path = "/proc/\(process.processIdentifier)/\(name)"
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    func signal(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits for the end, and forces it when it does not come.
    func waitForExit(seconds: Double) -> Int32 {
        let deadline = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < deadline { usleep(2_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func contents(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path(name)) ?? Data(), as: UTF8.self)
    }
}
