import Foundation

/// The built `pocketvault`, which lies beside the test bundle.
enum Binary {
    static let path: String = {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let own = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? bundle ?? ""
        return URL(fileURLWithPath: own).deletingLastPathComponent()
            .appendingPathComponent("pocketvault").path
    }()

    /// What a command that ends by itself said and how it ended.
    struct Outcome: Equatable {
        var output: String
        var error: String
        var exitCode: Int32
    }

    /// Runs a command to its end, which comes within ten seconds or by force.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let running = try Running(arguments, environment: environment)
        let exitCode = running.waitForExit(seconds: 10)
        return Outcome(
            output: running.output(),
            error: running.error(),
            exitCode: exitCode
        )
    }
}
