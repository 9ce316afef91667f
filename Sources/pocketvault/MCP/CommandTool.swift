internal import Invocation
internal import JSON

/// The tool that runs a command with secrets: `pocketvault exec --mask`, as a program of its own, so
/// that no value is ever in this one.
struct CommandTool: Sendable {
    /// The options that name the vault, as `exec` takes them.
    let vaultOptions: [String]
    let environment: [String: String]

    /// - Parameters:
    ///   - vaultOptions: the options that name the vault.
    ///   - environment: this process's own; a command gets none of the vault's keys with it.
    init(vaultOptions: [String], environment: [String: String]) {
        self.vaultOptions = vaultOptions
        self.environment = environment.filter { !CommandTool.withheld.contains($0.key) }
    }

    private static let withheld = Set(
        ["master-key", "passphrase", "new-master-key", "new-passphrase", "root-credentials"]
            .map(Environment.variableName(ofOption:))
    )

    var all: [MCPTool] { [run] }

    private var run: MCPTool {
        MCPTool(
            "run_command",
            "Runs a command with secrets in its environment, and returns its output with the values "
                + "masked. Each secret is ID, or ID=VARIABLE; without a variable it is the last "
                + "part of the name in capitals, as app/prod/database-url is DATABASE_URL.",
            [
                .init("command", .array, "The program and its arguments.", required: true),
                .init("secrets", .array, "As [\"app/prod/database-url=DATABASE_URL\"]."),
                .init("json_secrets", .array, "Secrets whose JSON keys become variables."),
                .init("timeout_seconds", .integer, "1 to 3600. Default: 60."),
            ],
            readOnly: false
        ) { arguments, cancellation throws(ToolFailure) in
            let command = arguments.texts("command")
            guard let program = command.first, !program.isEmpty else {
                throw ToolFailure("The argument command is a program and its arguments.")
            }
            let seconds = arguments.integer("timeout_seconds") ?? 60
            guard (1...3_600).contains(seconds) else {
                throw ToolFailure("The argument timeout_seconds is a number from 1 to 3600.")
            }
            let secrets = arguments.texts("secrets").flatMap { ["--secret", $0] }
            let jsonSecrets = arguments.texts("json_secrets").flatMap { ["--json", $0] }
            let invocation = CommandInvocation(
                path: "/proc/self/exe",
                arguments: ["exec", "--mask"] + vaultOptions + secrets + jsonSecrets + ["--"]
                    + command,
                input: [],
                environment: environment,
                timeoutMilliseconds: Int(seconds) * 1_000,
                mergesErrors: true
            )
            switch invocation.capture(until: cancellation, graceMilliseconds: 2_000) {
            case .ended(let code, let output): return CommandTool.result(code, output)
            case .timedOut(let output):
                let shown = String(decoding: output.suffix(2_000), as: UTF8.self)
                throw ToolFailure("It was not done after \(seconds) seconds. It wrote: \(shown)")
            case .failed(let reason): throw ToolFailure(reason)
            case .cancelled: throw ToolFailure("It was cancelled.")
            }
        }
    }

    /// The end of a long output says most.
    private static func result(_ exitCode: Int32, _ output: [UInt8]) -> JSONObject {
        let isCut = output.count > mostOutput
        let text = String(decoding: output.suffix(mostOutput), as: UTF8.self)
        return JSONObject([
            ("exitCode", .number(JSONNumber(Int64(exitCode)))), ("output", .string(text)),
            ("cut", .bool(isCut)),
        ])
    }

    private static let mostOutput = 65_536
}
