internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import PocketvaultServer

/// Serves a vault until it is told to stop.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
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
        let configuration = try options.configuration(Environment())
        Signals.forbidCoreDumps()
        Signals.hold()
        let server: Server
        do throws(StartError) {
            server = try Server.start(configuration) { bytes in
                Terminal.write(bytes, to: STDERR_FILENO)
            }
        } catch {
            Terminal.failure(error.description)
            throw ExitCode(1)
        }
        Terminal.result("Pocketvault \(Server.version) listening on \(server.endpoint)")
        if Terminal.isAttended { Terminal.remark(Serve.banner(configuration, server.endpoint)) }
        Signals.wait()
        DispatchQueue.global().async {
            server.stop()
            Glibc.exit(0)
        }
        Signals.wait()
        // What the database has is on disk already; what is in flight is not waited for.
        _exit(130)
    }

    private static func banner(_ configuration: Configuration, _ endpoint: String) -> String {
        let place =
            configuration.isInMemory
            ? "Secrets are kept in memory and are gone when this ends."
            : "Secrets are kept, encrypted, in \(configuration.database)."
        let lines = EnvironmentLines(endpoint: endpoint, region: configuration.region)
        return """

            To use it, paste this into a shell:

            \(lines.text)

            \(place) For development and tests, not for production.
            Ctrl-C stops the server.

            """
    }
}
