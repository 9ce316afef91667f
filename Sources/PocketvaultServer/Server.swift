internal import AWS
internal import Cryptography
internal import Dispatch
internal import HTTPServer
internal import Logging
internal import Storage
internal import Threads

/// A vault that is being served: an open vault, and who listens for it.
package final class Server: Sendable {
    /// The version of the program.
    package static let version = "0.1.0"

    private let vault: OpenVault
    private let listeners: [Listener]
    /// The URL under which it is reached from this machine; an https one when it speaks TLS.
    package let endpoint: String
    /// The same for who speaks plain HTTP, which it always takes.
    private let plainEndpoint: String
    /// How many secrets there are; nil when the vault cannot be read.
    package var secretCount: Int? {
        let counts = try? vault.vault.reading { vault throws(APIError) in try vault.counts() }
        return counts.map { Int($0.secrets) }
    }

    /// Where the console is; nil when it is off.
    package var console: String? {
        // No browser knows the server's own authority.
        vault.configuration.servesConsole ? plainEndpoint + ConsoleSurface.path : nil
    }

    /// The agent's; nil when nobody asked for it.
    package let agent: Agent?

    /// The endpoint that works as AWS's agent does.
    package struct Agent: Sendable {
        /// The URL under which it is reached from this machine.
        package let endpoint: String
        package let token: AgentToken
    }

    /// Begins, on another thread, what each start waits for and no option changes.
    package static func prepare() {
        DispatchQueue.global(qos: .userInitiated).async {
            AESGCM.prepare()
            AWSOperation.prepare()
        }
    }

    /// Listens, opens the vault, and fills it with the seeds that it lacks.
    ///
    /// From the first moment on health answers, and readiness says no.
    ///
    /// - Parameters:
    ///   - configuration: what to serve, and where.
    ///   - write: takes the lines of the log, on one thread at a time.
    ///   - opened: is told by what nothing is left of a vault in memory, should the process end before
    ///     there is a server to stop.
    ///   - progress: is told how far the seeds are.
    /// - Returns: the server, ready.
    /// - Throws: one line that says what to do.
    package static func start(
        _ configuration: Configuration,
        log write: @escaping @Sendable ([UInt8]) -> Void,
        opened: (@escaping @Sendable () -> Void) -> Void = { _ in },
        progress: (SeedProgress) -> Void = { _ in }
    ) throws(StartError) -> Server {
        let log = ServerLog(
            to: LogSink(write: write),
            format: configuration.logFormat,
            level: configuration.logLevel
        )
        defer { log.flush() }
        let limit = DescriptorLimit.raise()
        let places = [configuration.http] + (configuration.agentHTTP.map { [$0] } ?? [])
        let connections = try limit.connections(
            places.map(\.limits.connections),
            firstIsEncrypted: configuration.tls != nil
        )
        try ConsoleSurface.check(configuration)
        let starting = StartingSurface(log)
        let hints = TLSHints(log.logger(label: "pocketvault"))
        var place = configuration.http
        place.limits.connections = connections[0]
        place.tls = configuration.tls.map { _ in
            TLSOffer(by: { starting.tls?.context() }, untrusted: hints.untrusted)
        }
        let front = try listener(place, starting, log, hints.unheard)
        do throws(StartError) {
            let vault = try OpenVault.open(configuration, log: log)
            starting.tls = vault.tls
            opened(vault.abandon)
            let summary: SeedSummary
            let server: Server
            do throws(StartError) {
                summary = try vault.fill(progress: progress)
                server = try Server(vault, front, connections[connections.count - 1])
            } catch {
                vault.close()
                throw error
            }
            vault.logger.info(
                "Connections that there may be at a time.",
                metadata: [
                    "connections": "\(connections.reduce(0, +))", "descriptors": "\(limit.count)",
                ]
            )
            // Programs that the server starts need not be told of an authority.
            vault.beginWork(reachedAt: server.plainEndpoint, after: summary)
            // Calls that wait are answered now: whoever follows what they change is there.
            starting.open(to: Router(to: vault))
            return server
        } catch {
            front.stop(graceMilliseconds: 0)
            throw error
        }
    }

    /// Listens for the agent too, which may have so many connections.
    private init(
        _ vault: OpenVault,
        _ front: Listener,
        _ agentConnections: UInt32
    ) throws(StartError) {
        let second = try Server.agent(of: vault, agentConnections)
        self.vault = vault
        listeners = [front] + (second.map { [$0.listener] } ?? [])
        let host = HostText.reachable(vault.configuration.host)
        plainEndpoint = "http://\(host):\(front.port)"
        endpoint = vault.tls == nil ? plainEndpoint : "https://\(host):\(front.port)"
        agent = second.map {
            Agent(endpoint: "http://\(host):\($0.listener.port)", token: $0.token)
        }
    }

    /// The agent's listener, which asks its own listener how many are connected.
    private static func agent(
        of vault: OpenVault,
        _ connections: UInt32
    ) throws(StartError) -> (listener: Listener, token: AgentToken)? {
        guard var place = vault.configuration.agentHTTP else { return nil }
        place.limits.connections = connections
        let token = try AgentToken.ready(for: vault.configuration, vault.machine.environment)
        let count = Locked<(@Sendable () -> Int)?>(nil)
        let surface = AgentSurface(of: vault, token: token) { count.withLock { $0 }?() ?? 1 }
        do throws(StartError) {
            let listener = try Server.listener(place, surface, vault.log)
            count.withLock { $0 = { [weak listener] in listener?.connectionCount ?? 1 } }
            return (listener, token)
        } catch {
            throw StartError(description: "the agent's endpoint: \(error.description)")
        }
    }

    private static func listener(
        _ place: HTTPConfiguration,
        _ surface: some Surface,
        _ log: ServerLog,
        _ unheard: @escaping @Sendable () -> Void = {}
    ) throws(StartError) -> Listener {
        try StartError.wrapping { () throws(ListenerError) in
            try Listener(place, refused: log.write, unheard: unheard) { request, exchange in
                surface.handle(request) { exchange.answer($0) }
            }
        }
    }

    /// Ends what is in flight, or cuts it after 700 ms; then the vault, then the log.
    ///
    /// The listeners come before the vault, because they wait for answers that the vault's writer
    /// still owes.
    package func stop() {
        vault.endWork()
        for listener in listeners { listener.stop(graceMilliseconds: 700) }
        vault.close()
    }
}
