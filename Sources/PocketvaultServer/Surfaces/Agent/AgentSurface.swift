internal import AWS
internal import Cryptography
internal import HTTPServer
internal import Logging

/// The surface of the agent's port: the HTTP contract of the AWS Workload Credentials Provider (the
/// Secrets Manager Agent until 3.0) and of the Lambda extension, by which a program reads secrets
/// with a plain GET and a token.
///
/// The order of the checks is the provider's: connections, token, method, path.
///
/// [The agent](https://docs.aws.amazon.com/secretsmanager/latest/userguide/secrets-manager-agent.html)
struct AgentSurface: Surface {
    /// Of connections that may be open at once; a health check may have two more.
    static let maximumConnections = 800
    private static let spareConnections = 2
    private static let pathPrefix = "/v1/"

    private let token: [UInt8]
    private let secrets: AgentSecrets
    private let log: ServerLog
    /// How many connections there are, with that of the request.
    private let connections: @Sendable () -> Int

    init(
        of vault: OpenVault,
        token: AgentToken,
        connections: @escaping @Sendable () -> Int
    ) {
        self.token = Array(token.text.utf8)
        secrets = AgentSecrets(of: vault)
        log = vault.log
        self.connections = connections
    }

    func handle(
        _ request: HTTPRequest,
        _ send: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        let (requestID, reply) = log.expecting(answerTo: request, send)
        do throws(AgentRefusal) {
            try checkConnections(for: request)
            try checkToken(of: request)
            guard request.method == "GET" else { throw AgentRefusal(405, "Not allowed") }
            guard let query = try query(of: request) else {
                return reply(AgentAnswer.text(200, "healthy"))
            }
            secrets.fetch(query, for: request, requestID, reply)
        } catch {
            reply(AgentAnswer.text(error.status, error.text))
        }
    }

    private func checkConnections(for request: HTTPRequest) throws(AgentRefusal) {
        let spare = AgentSurface.isPing(request) ? AgentSurface.spareConnections : 0
        guard connections() <= AgentSurface.maximumConnections + spare else {
            throw AgentRefusal(429, "Connection limit exceeded")
        }
    }

    /// A program that was made to send a request for somebody else knows no token, and a proxy says
    /// that it is one.
    private func checkToken(of request: HTTPRequest) throws(AgentRefusal) {
        guard !AgentSurface.isPing(request) else { return }
        guard request.headers["X-Forwarded-For"] == nil else {
            throw AgentRefusal(400, "Forwarded")
        }
        let sent = ["X-Aws-Parameters-Secrets-Token", "X-Vault-Token"]
            .compactMap { request.headers[$0] }
        guard sent.contains(where: { ConstantTime.equal(Array($0.utf8), token) }) else {
            throw AgentRefusal(403, "Bad Token")
        }
    }

    /// What is asked for; nil when it is only whether anybody is there.
    private func query(of request: HTTPRequest) throws(AgentRefusal) -> AgentQuery? {
        if AgentSurface.isPing(request) { return nil }
        if request.path == "/secretsmanager/get" { return try AgentQuery(query: request.query) }
        guard request.path.hasPrefix(AgentSurface.pathPrefix) else {
            throw AgentRefusal(404, "Not found")
        }
        let name = request.path.dropFirst(AgentSurface.pathPrefix.count)
        return try AgentQuery(path: name, query: request.query)
    }

    private static func isPing(_ request: HTTPRequest) -> Bool { request.path == "/ping" }
}

/// Why the agent refuses a request: a status and a plain text.
struct AgentRefusal: Error, Equatable {
    let status: Int
    let text: String

    init(_ status: Int, _ text: String) {
        self.status = status
        self.text = text
    }
}
