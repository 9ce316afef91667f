package import AWS
internal import Logging
internal import Notation
package import Storage

/// A vault that is open, with all that works on it: everything is built here, once, from top to
/// bottom.
///
/// Nobody listens yet: `Server` adds listeners, and a test sends requests by itself.
package final class OpenVault: Sendable {
    let configuration: Configuration
    let machine: Machine
    let log: ServerLog
    let logger: Logger
    let seeds: SeedPlan
    let readiness = Readiness()
    /// The file, or what stands for it in memory.
    package let store: SQLiteVault
    /// The store as all parts see it.
    let vault: any Vault
    let clock: VaultClock
    /// Whether callers need permission.
    let authorization: Authorization
    let rotationFunctions: RotationFunctionList
    /// What every call goes by, and what the services do on their own.
    package let road: Road
    let invoker: FunctionInvoker
    let rotations: RotationRunner
    let scheduler: Scheduler
    /// Nil when nobody asked for events.
    let delivery: EventDelivery?
    let auditLoss: AuditLoss
    /// What happens, for those who listen to it.
    let feed: EventFeed
    /// What runs for services of ECS.
    let tasks: TaskRegister
    /// What the agent keeps of what it read.
    let agentCache: AgentCache
    /// What is to go wrong.
    let faults: FaultRules
    /// Who waits for the trail to be as they expect.
    let trailWatch: TrailWatch
    /// The accounts that tests made for themselves.
    let madeAccounts: MadeAccounts

    /// Opens a vault.
    ///
    /// Seeds are read before anything is opened: a wrong document leaves no trace.
    ///
    /// - Parameters:
    ///   - configuration: what to open, and how.
    ///   - machine: whose time and chance it takes.
    ///   - log: where it says what there is to say.
    /// - Returns: the vault, in which no seed is yet and no background work goes on.
    /// - Throws: one line that says what to do.
    package static func open(
        _ configuration: Configuration,
        on machine: Machine = Machine(),
        log: ServerLog
    ) throws(StartError) -> OpenVault {
        let seeds = try StartError.wrapping { () throws(SeedError) in
            try SeedPlan(try SeedFiles.read(for: configuration))
        }
        return try OpenVault(configuration, seeds: seeds, on: machine, log: log)
    }

    /// The same with seeds that were read already, and with what a test puts between the store and
    /// those who use it.
    init(
        _ configuration: Configuration,
        seeds: SeedPlan,
        on machine: Machine,
        log: ServerLog,
        seenThrough view: (SQLiteVault) -> any Vault = { $0 }
    ) throws(StartError) {
        self.configuration = configuration
        self.seeds = seeds
        self.machine = machine
        self.log = log
        logger = log.logger(label: "pocketvault")
        let opening = try configuration.vault()
        let tokenSignatures = try configuration.tokenSignatures()
        // Closes itself when what follows fails.
        store = try StartError.wrapping { () throws(VaultOpeningError) in
            try SQLiteVault.open(opening)
        }
        let vault = view(store)
        self.vault = vault
        clock = try VaultClock(keptIn: vault, machine: machine.now)
        authorization = OpenVault.authorization(configuration)
        // Those of the command line win over those of a seed, which others may share.
        let functions = RotationFunctionList(
            functions: configuration.rotationFunctions + seeds.rotationFunctions
        )
        rotationFunctions = functions
        tasks = TaskRegister(machine.randomness)
        faults = FaultRules(configuration, clock, machine)
        road = Road(
            vault: vault,
            now: clock.now,
            randomness: machine.randomness,
            functions: InvocableFunctions { functions.target(of: $0) != nil },
            tasks: tasks.running,
            tokenSignatures: tokenSignatures,
            authorization: authorization,
            faults: faults.station
        )
        invoker = OpenVault.invoker(configuration, vault, clock, machine)
        rotations = RotationRunner(
            road: road,
            functions: functions,
            invoker: invoker,
            faults: faults,
            randomness: machine.randomness,
            logger: logger
        )
        let work = OpenVault.work(road, rotations, configuration.auditDays)
        scheduler = Scheduler(work, vault: vault, clock: clock, logger: logger)
        delivery = OpenVault.delivery(configuration, vault, logger)
        auditLoss = AuditLoss(of: vault, logger: logger)
        feed = EventFeed(of: vault, clock: clock)
        trailWatch = TrailWatch(of: vault)
        agentCache = AgentCache(now: machine.now)
        madeAccounts = MadeAccounts(in: vault, configuration, machine, logger: logger)
    }

    /// Whether callers need permission, and what is read of policies.
    private static func authorization(_ configuration: Configuration) -> Authorization {
        Authorization(
            configuration.policies.authorization,
            isTransportSecure: configuration.isTransportSecure,
            reading: PolicyCache().policy
        )
    }

    /// What posts events, where somebody asked for them.
    private static func delivery(
        _ configuration: Configuration,
        _ vault: any Vault,
        _ logger: Logger
    ) -> EventDelivery? {
        configuration.eventsURL.map { EventDelivery(to: $0, vault: vault, logger: logger) }
    }

    /// What calls rotation functions.
    private static func invoker(
        _ configuration: Configuration,
        _ vault: any Vault,
        _ clock: VaultClock,
        _ machine: Machine
    ) -> FunctionInvoker {
        let timeout = configuration.rotationTimeoutSeconds
        return FunctionInvoker(
            timeoutMilliseconds: timeout * 1_000,
            // Where signatures are verified, functions that run as commands need ones that count.
            credentials: configuration.signatures == .ignore
                ? .unsigned
                : .temporary(vault, clock, machine.randomness, lifetimeSeconds: timeout + 900),
            environment: machine.environment
        )
    }

    /// What falls due without a call.
    private static func work(
        _ road: Road,
        _ rotations: RotationRunner,
        _ auditDays: Int64?
    ) -> [any BackgroundWork] {
        let work: [(any BackgroundWork)?] = [
            PurgeWork(road: road), KeyDeletionWork(road: road),
            KeyRotationWork(road: road), rotations,
            auditDays.map { AuditRetention(vault: road.vault, days: $0) },
        ]
        return work.compactMap(\.self)
    }

    /// Fills the vault with the seeds that it lacks, and is ready.
    ///
    /// - Throws: one line that says what to do, when the seeds cannot be applied or nobody could get
    ///   in.
    package func fill() throws(StartError) {
        let summary = try seeds.applyAndWait(to: vault, at: clock.now(), machine.randomness)
        try WayIn.check(configuration, vault)
        readiness.setReady()
        StartReport(configuration, rotationFunctions, summary).write(to: logger)
    }

    /// Begins what nobody calls for.
    ///
    /// - Parameter endpoint: where rotation functions reach the server.
    package func beginWork(reachedAt endpoint: String) {
        invoker.setEndpoint(endpoint)
        auditLoss.start()
        scheduler.start()
        delivery?.start()
        madeAccounts.start()
    }

    /// Ends what nobody calls for.
    ///
    /// A rotation goes on at the next start, so its function is not waited for.
    package func endWork() {
        scheduler.stop()
        delivery?.stop()
        feed.stop()
        trailWatch.stop()
        madeAccounts.stop()
    }

    /// Commits what is queued and closes the file; the log comes last, for the others may have
    /// something to say.
    package func close() {
        store.close()
        log.flush()
    }
}
