internal import ArgumentParser
internal import Glibc
internal import Notation
internal import PocketvaultServer

/// Serves a vault until it is told to stop.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        // Asked alone it is not looked through for what makes scripts of completion, which the root does.
        _superCommandName: "pocketvault",
        abstract: "Serve a vault (the default command).",
        discussion: """
            Prints one line when it is ready. Stops on SIGINT and SIGTERM; a second one stops it \
            at once.

            Every option has an environment variable, POCKETVAULT_<OPTION>: POCKETVAULT_PORT for \
            --port, POCKETVAULT_SEED for --seed (lists are separated by commas). An option wins \
            over its variable. The master key may also come from POCKETVAULT_MASTER_KEY (base64 \
            of 32 bytes) or POCKETVAULT_PASSPHRASE.

            Examples:
              pocketvault serve
              pocketvault serve --database :memory: --port 0
              pocketvault serve --seed seed/ --log-format json
              pocketvault serve --rotation-function '*=builtin:random-password'
            """
    )

    @OptionGroup var options: ServeOptions

    func run() throws {
        let environment = Environment()
        let configuration = try options.configuration(environment)
        if let link = environment.serviceLink {
            Terminal.remark(
                "POCKETVAULT_PORT is \(link), as Kubernetes sets it for a Service of that name; it is"
                    + " passed over. The port is --port, else 4566."
            )
        }
        for mistake in Mistake.ofVariables(environment.variables) { Terminal.failure(mistake) }
        Signals.forbidCoreDumps()
        let stopping = Stopping()
        let server: Server
        do throws(StartError) {
            server = try Server.start(
                configuration,
                log: { bytes in Terminal.write(bytes, to: STDERR_FILENO) },
                opened: stopping.beforeEnd,
                progress: Serve.show
            )
        } catch {
            Terminal.failure(error.description)
            throw ExitCode(1)
        }
        stopping.beforeEnd { server.stop() }
        // Whoever waits for the line that says that it is ready finds all the rest said.
        if let agent = server.agent { Terminal.remark(Serve.remark(on: agent)) }
        Terminal.result("Pocketvault \(Server.version) listening on \(server.endpoint)")
        if Terminal.isAttended {
            Terminal.remark(StartBanner(configuration, server, environment).text)
        }
        stopping.wait()
    }

    /// Shows how far the seeds are, where somebody looks.
    private static func show(_ progress: SeedProgress) {
        let bar = ProgressBar(of: progress.count)
        progress.done < progress.count ? bar.show(progress.done, "seeds") : bar.clear()
    }

    /// Where the agent is and how to get its token, which only a server in memory tells itself.
    private static func remark(on agent: Server.Agent) -> String {
        let place =
            if agent.token.isTransient {
                "its token, for this run, is \(agent.token.text)"
            } else {
                "pocketvault env --agent prints its token"
            }
        return "The agent's endpoint is \(agent.endpoint); \(place)"
    }
}
