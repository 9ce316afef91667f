internal import ArgumentParser
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
            Serve.self, Env.self, Healthcheck.self, Clock.self, Audit.self, Events.self,
            Policy.self,
        ],
        defaultSubcommand: Serve.self
    )
}
