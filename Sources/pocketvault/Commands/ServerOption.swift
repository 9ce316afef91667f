internal import ArgumentParser
internal import Client
internal import JSON
internal import Notation

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

    /// A client for its control surface.
    func control() throws -> ControlClient {
        try ServerOption.client(at: try address()).control
    }

    /// A client for an address; where signatures are verified, what concerns a whole account is only
    /// told to whoever may have it.
    static func client(at address: Endpoint) throws -> VaultClient {
        client(at: address, as: try Environment().identities.identity(isAWS: address.isAWS))
    }

    /// A client that says what it is asked to whoever asks.
    func openControl() throws -> ControlClient {
        ServerOption.openControl(at: try address())
    }

    /// The same for an address.
    static func openControl(at address: Endpoint) -> ControlClient {
        let nobody = Identity(
            credentials: Identity.testCredentials,
            region: Identity.defaultRegion
        )
        return client(at: address, as: nobody).control
    }

    /// The vault's time, from which ages are told.
    static func now(of client: ControlClient) throws -> Timestamp? {
        try client.object("GET", "/_pocketvault/clock").members.text("now").flatMap {
            Timestamp(text: $0)
        }
    }

    private static func client(at address: Endpoint, as identity: Identity) -> VaultClient {
        let certificates = Environment().variable("AWS_CA_BUNDLE")
        return VaultClient(over: Transports.to(address, trusting: certificates), as: identity)
    }
}
