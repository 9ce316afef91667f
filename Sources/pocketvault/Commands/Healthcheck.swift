internal import ArgumentParser
internal import Client
internal import Invocation

/// Asks a server whether it is ready: for containers, which have no curl.
struct Healthcheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "Exit with 0 when the server is ready.",
        discussion: """
            \(ServerOption.rule)

            Example, in a Dockerfile:
              HEALTHCHECK CMD ["pocketvault", "healthcheck"]
            """
    )

    @OptionGroup var server: ServerOption

    func run() throws {
        var client = try server.openControl()
        client.timeoutSeconds = 2
        let answer = try client.send("GET", "/_pocketvault/ready")
        if answer.status == 200 { return }
        Terminal.failure(
            "the server at \(client.authority) is not ready (status \(answer.status)); try again"
        )
        throw ExitCode(1)
    }
}
