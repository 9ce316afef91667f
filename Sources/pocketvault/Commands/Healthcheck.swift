internal import ArgumentParser

/// Asks a server whether it is ready: for containers, which have no curl.
struct Healthcheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Exit with 0 when the server is ready.",
        discussion: """
            The server is --endpoint, else AWS_ENDPOINT_URL_SECRETS_MANAGER, else \
            AWS_ENDPOINT_URL, else http://127.0.0.1:4566 (or POCKETVAULT_PORT).

            Example, in a Dockerfile:
              HEALTHCHECK CMD ["pocketvault", "healthcheck"]
            """
    )

    @Option(help: "The server, as http://127.0.0.1:4566.")
    var endpoint: String?

    func validate() throws {
        _ = try address()
    }

    func run() throws {
        let address = try address()
        guard !address.isEncrypted else {
            Terminal.failure("healthcheck speaks http only; give --endpoint an http URL")
            throw ExitCode(1)
        }
        switch ReadinessProbe(endpoint: address).run() {
        case .ready: return
        case .notReady(let status):
            Terminal.failure(
                "the server at \(address.authority) is not ready (status \(status)); try again"
            )
        case .unreachable(let reason):
            Terminal.failure(
                "no server at \(address.authority) (\(reason)); start one: pocketvault serve"
            )
        }
        throw ExitCode(1)
    }

    private func address() throws -> Endpoint {
        let environment = Environment()
        let port = environment.option("port") ?? "4566"
        let text = endpoint ?? environment.endpoint ?? "http://127.0.0.1:\(port)"
        guard let address = Endpoint(text) else {
            throw ValidationError("The endpoint '\(text)' is not a URL as http://host:port.")
        }
        return address
    }
}
