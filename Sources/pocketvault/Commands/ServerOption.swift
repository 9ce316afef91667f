internal import ArgumentParser

/// Which running server a command speaks to.
struct ServerOption: ParsableArguments {
    static let rule = """
        The server is --endpoint, else AWS_ENDPOINT_URL_SECRETS_MANAGER, else \
        AWS_ENDPOINT_URL, else http://127.0.0.1:4566 (or POCKETVAULT_PORT).
        """

    @Option(help: "The server, as http://127.0.0.1:4566.")
    var endpoint: String?

    func validate() throws {
        _ = try address()
    }

    func address() throws -> Endpoint {
        let environment = Environment()
        let port = environment.option("port") ?? "4566"
        let text = endpoint ?? environment.endpoint ?? "http://127.0.0.1:\(port)"
        guard let address = Endpoint(text) else {
            throw ValidationError("The endpoint '\(text)' is not a URL as http://host:port.")
        }
        return address
    }

    /// A client for it; fails with one line when it cannot be spoken to.
    func client(for command: String) throws -> ControlClient {
        let address = try address()
        guard !address.isEncrypted else {
            Terminal.failure("\(command) speaks http only; give --endpoint an http URL")
            throw ExitCode(1)
        }
        return ControlClient(endpoint: address)
    }
}

extension ControlClient {
    /// Says in one line that nobody answers.
    func reportUnreachable(_ reason: String) {
        Terminal.failure(
            "no server at \(endpoint.authority) (\(reason)); start one: pocketvault serve"
        )
    }
}
