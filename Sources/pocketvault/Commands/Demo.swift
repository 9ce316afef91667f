internal import ArgumentParser
internal import Client
internal import Glibc
internal import Invocation
internal import Logging
internal import PocketvaultServer

/// Serves a vault to look at.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serve a full vault in memory, with callers, and the console to watch them.",
        discussion: """
            Everything in it is invented. Programs and people call it, some are refused, one secret \
            rotates every few minutes, and another one's rotation fails. Policies are enforced, and \
            the vault's clock runs fast. Nothing is written to the disk: with Ctrl-C all of it is \
            gone.

            Examples:
              pocketvault demo --open
              pocketvault demo --port 0 --clock-rate 3600
            """
    )

    @Option(help: "The port to listen on; 0 for any free one. (default: 4566)")
    var port: String?

    @Option(help: "How many times as fast as the machine's the vault's clock runs.")
    var clockRate: Int64 = 120

    @Flag(help: "Open the console in a browser.")
    var open = false

    func validate() throws {
        _ = try configuration()
        guard (1...86_400).contains(clockRate) else {
            throw ValidationError("The clock rate is a whole number from 1 to 86400.")
        }
    }

    private func configuration() throws -> Configuration {
        var configuration = Configuration()
        configuration.port = try ServeOptions.port(port ?? Environment().option("port") ?? "4566")
        configuration.database = ":memory:"
        configuration.isDemo = true
        configuration.policies = .enforce
        configuration.console = true
        configuration.logLevel = .critical
        return configuration
    }

    func run() throws {
        let configuration = try configuration()
        Signals.forbidCoreDumps()
        let stopping = Stopping()
        let server: Server
        do throws(StartError) {
            server = try Server.start(
                configuration,
                log: { Terminal.write($0, to: STDERR_FILENO) },
                opened: stopping.beforeEnd
            )
        } catch {
            Terminal.failure(error.description)
            throw ExitCode(1)
        }
        guard let endpoint = Endpoint(server.endpoint), let console = server.console else {
            return
        }
        let cast = Cast(calling: endpoint)
        do throws(ClientError) {
            try cast.rehearse(clockRate: clockRate)
        } catch {
            server.stop()
            throw error
        }
        stopping.beforeEnd {
            cast.stop()
            server.stop()
        }
        cast.play()
        // At once: who reads the first line may stop there.
        Terminal.result(
            """
            Pocketvault \(Server.version) listening on \(server.endpoint)
            The console is at \(console)
            """
        )
        if open { Demo.show(console) }
        if Terminal.isAttended { Terminal.remark("Ctrl-C ends it, and nothing is left.") }
        stopping.wait()
    }

    /// Has the desktop open an address; where there is none, the address was printed.
    private static func show(_ address: String) {
        do throws(Program.Failure) {
            let program = try Program(
                ["xdg-open", address],
                searchPath: Environment().variable("PATH")
            )
            _ = try ChildProcess(
                program,
                ChildEnvironment.ofThisProcess,
                ChildProcess.Streams()
            )
        } catch {
            Terminal.remark("There is no xdg-open here to open it with.")
        }
    }
}
