internal import ArgumentParser
internal import Client
internal import Glibc
internal import PocketvaultServer

/// The command line: reads arguments, says what came of them, and leaves the work to the server.
@main
struct Pocketvault: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pocketvault",
        abstract: "A pocket-sized AWS Secrets Manager.",
        discussion: """
            Serves the real wire protocol on this machine, so that applications and tests use it \
            in place of AWS with nothing changed but the endpoint.

            Try it:
              pocketvault serve --seed seed/driftsentry.json
              eval "$(pocketvault env)"
              aws secretsmanager list-secrets
            """,
        version: Server.version,
        subcommands: [
            Serve.self, Get.self, Put.self, List.self, Describe.self, History.self, Diff.self,
            Rollback.self, Remove.self, Restore.self, Edit.self, Exec.self, Import.self,
            Export.self, Seed.self, Copy.self, Env.self, Healthcheck.self, ResetCommand.self,
            SnapshotCommand.self, AccountCommand.self, FaultsCommand.self, Clock.self, Audit.self,
            AssertCommand.self,
            Events.self, Policy.self, Cost.self, Check.self, Doctor.self, Backup.self, Key.self,
            MCP.self, Demo.self,
        ],
        defaultSubcommand: Serve.self
    )

    /// Runs the command that the arguments name.
    ///
    /// A call that fails ends any of them with one line that says why, and the exit code 1.
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try parsedAlone(arguments) ?? parsedAsRoot(arguments)
            try command.run()
            end(with: EXIT_SUCCESS)
        } catch let error as ClientError {
            Terminal.failure(error.line)
            end(with: error == .cancelled ? 130 : EXIT_FAILURE)
        } catch let error as ExitCode {
            end(with: error.rawValue)
        } catch {
            // Help, or what is wrong with the arguments: nothing runs yet.
            let (text, exitCode) = (fullMessage(for: error), exitCode(for: error))
            let hint = Mistake.ofOption(message(for: error)).map { "\n\($0)" } ?? ""
            if !text.isEmpty {
                exitCode.isSuccess ? Terminal.result(text) : Terminal.remark(text + hint)
            }
            end(with: exitCode.rawValue)
        }
    }

    /// The command that the arguments name, asked without the root; nil when they name none, ask for
    /// help, or are wrong.
    ///
    /// On the way from the root to a command the parser takes the root and `serve` apart too, by
    /// reflection: a third of the time that it needs.
    private static func parsedAlone(_ arguments: [String]) -> (any ParsableCommand)? {
        let isNamed = arguments.first.map { !$0.hasPrefix("-") } ?? false
        let named = configuration.subcommands.first {
            isNamed ? $0.configuration.commandName == arguments[0] : $0 == Serve.self
        }
        guard let named else { return nil }
        // The parser takes a while, and there is a second processor.
        if named == Serve.self { Server.prepare() }
        guard let command = try? named.parseAsRoot(Array(arguments.dropFirst(isNamed ? 1 : 0))),
            named.hasCommand(type(of: command))
        else { return nil }
        return command
    }

    private static func parsedAsRoot(_ arguments: [String]) throws -> any ParsableCommand {
        if let mistake = Mistake.ofCommand(arguments) {
            Terminal.failure(mistake)
            throw ExitCode.validationFailure
        }
        return try parseAsRoot(arguments)
    }

    /// Ends the process.
    ///
    /// A command may leave threads behind that listen to a server, and a start that is given up one that
    /// asks libcrypto: exit() would clean up under them what the libraries that they call still use.
    static func end(with exitCode: Int32) -> Never {
        fflush(nil)
        _exit(exitCode)
    }
}

extension ParsableCommand {
    /// Whether a type is that of this command, or of one below it: the parser has some of its own.
    fileprivate static func hasCommand(_ type: any ParsableCommand.Type) -> Bool {
        type == self || configuration.subcommands.contains { $0.hasCommand(type) }
    }
}

extension ClientError {
    /// What went wrong and what to do about it, in a line.
    fileprivate var line: String {
        guard case .unreachable(let address, _) = self,
            Endpoint("http://\(address)")?.isAWS == false
        else { return description }
        return "\(description); start one: pocketvault serve"
    }
}
