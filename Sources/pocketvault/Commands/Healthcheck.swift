internal import ArgumentParser

/// Asks a server whether it is ready: for containers, which have no curl.
struct Healthcheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Exit with 0 when the server is ready.",
        discussion: """
            \(ServerOption.rule)

            Example, in a Dockerfile:
              HEALTHCHECK CMD ["pocketvault", "healthcheck"]
            """
    )

    @OptionGroup var server: ServerOption

    func run() throws {
        let client = try server.client(for: "healthcheck")
        do throws(ControlClient.Unreachable) {
            let answer = try client.send("GET", "/_pocketvault/ready")
            if answer.status == "200" { return }
            Terminal.failure(
                "the server at \(client.endpoint.authority) is not ready"
                    + " (status \(answer.status)); try again"
            )
        } catch {
            client.reportUnreachable(error.reason)
        }
        throw ExitCode(1)
    }
}
