internal import AWS
internal import HTTPServer
internal import Logging
internal import Storage

/// A vault that is being served: everything is built here, once.
package final class Server: Sendable {
    /// The version of the program.
    package static let version = "0.1.0"

    private let vault: SQLiteVault
    private let listener: Listener
    private let scheduler: Scheduler
    private let delivery: EventDelivery?
    private let log: ServerLog
    /// The URL under which it is reached from this machine.
    package let endpoint: String

    /// Opens the vault, listens, and fills the vault with the seeds that it lacks.
    ///
    /// Seeds are read before anything is opened: a wrong document leaves no trace. Health and
    /// readiness answer while they are applied.
    ///
    /// - Parameters:
    ///   - configuration: what to serve, and where.
    ///   - write: takes the lines of the log, on one thread at a time.
    /// - Returns: the server, ready.
    /// - Throws: one line that says what to do.
    package static func start(
        _ configuration: Configuration,
        log write: @escaping @Sendable ([UInt8]) -> Void
    ) throws(StartError) -> Server {
        let log = ServerLog(
            to: LogSink(write: write),
            format: configuration.logFormat,
            level: configuration.logLevel
        )
        defer { log.flush() }
        let scope = Scope(account: configuration.account, region: configuration.region)
        let seeds = try StartError.wrapping { () throws(SeedError) in
            try SeedPlan(try SeedFiles.read(configuration.seeds, defaultScope: scope))
        }
        var configuration = configuration
        // After those of the command line, which win over a seed that others share.
        configuration.rotationFunctions += seeds.rotationFunctions
        let vaultConfiguration = try configuration.vault()
        let vault = try StartError.wrapping { () throws(VaultOpeningError) in
            try SQLiteVault.open(vaultConfiguration)
        }
        do throws(StartError) {
            return try Server(configuration, scope, seeds, vault, log)
        } catch {
            vault.close()
            throw error
        }
    }

    private init(
        _ configuration: Configuration,
        _ scope: Scope,
        _ seeds: SeedPlan,
        _ vault: SQLiteVault,
        _ log: ServerLog
    ) throws(StartError) {
        let randomness = Server.randomness
        let readiness = Readiness()
        let logger = log.logger(label: "pocketvault")
        let clock = try Server.clock(of: vault)
        let invoker = Server.invoker(configuration, vault, clock, randomness)
        let scheduler = Scheduler(
            Server.backgroundWork(configuration, vault, invoker, clock, randomness, logger),
            vault: vault,
            clock: clock,
            logger: logger
        )
        let router = Server.router(
            configuration,
            scope,
            seeds,
            readiness,
            vault,
            randomness,
            scheduler,
            clock,
            log
        )
        let listener = try StartError.wrapping { () throws(ListenerError) in
            try Listener(configuration.http) { request, exchange in
                router.handle(request) { exchange.answer($0) }
            }
        }
        do throws(StartError) {
            let summary = try Server.apply(seeds, to: vault, at: clock.now(), randomness)
            try Server.checkWayIn(configuration, vault)
            readiness.setReady()
            Server.report(configuration, summary, to: logger)
        } catch {
            listener.stop(graceMilliseconds: 0)
            throw error
        }
        self.vault = vault
        self.listener = listener
        self.scheduler = scheduler
        delivery = configuration.eventsURL.map { url in
            EventDelivery(to: url, vault: vault, logger: logger)
        }
        self.log = log
        endpoint = "http://\(HostText.reachable(configuration.host)):\(listener.port)"
        invoker.setEndpoint(endpoint)
        scheduler.start()
        delivery?.start()
    }

    private static let randomness = Randomness {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    /// Ends what is in flight, or cuts it after 700 ms; then the vault, then the log.
    ///
    /// A rotation goes on at the next start, so its function is not waited for. The listener comes
    /// before the vault, because it waits for answers that the vault's writer still owes; the log
    /// comes last, because the others may have something to say.
    package func stop() {
        scheduler.stop()
        delivery?.stop()
        listener.stop(graceMilliseconds: 700)
        vault.close()
        log.flush()
    }
}
