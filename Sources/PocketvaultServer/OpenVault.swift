package import AWS
internal import Logging
internal import Notation
package import Storage
internal import Threads

/// A vault that is open, with all that works on it: everything is built here, once, from top to
/// bottom.
///
/// Nobody listens yet: `Server` adds listeners, and a test sends requests by itself.
package final class OpenVault: Sendable {
    let configuration: Configuration
    let machine: Machine
    let log: ServerLog
    let logger: Logger
    /// The seeds as they were when the vault was opened; nil once they are in, for they may be many.
    private let seeds: Locked<SeedPlan?>
    /// Where they come from, so that they can be read again.
    let seedOrigin: SeedOrigin
    /// The file, or what stands for it in memory.
    package let store: SQLiteVault
    /// Nil when nobody asked for it.
    let tls: ServerTLS?
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
    /// Nil when nobody asked for it.
    private let seedExport: SeedExportFile?
    private let seedWatch = Locked<SeedWatch?>(nil)
    let auditLoss: AuditLoss
    let fileLoss: FileLoss
    /// Where questions go that may take long.
    let longWork = LongWork()
    /// How far seeds have come that a call has brought or a reset reads.
    let seedsUnderWay = SeedsUnderWay()
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
        let files = try StartError.wrapping { () throws(SeedError) in
            try SeedFiles(of: configuration)
        }
        return try OpenVault(configuration, seeds: .files(files), on: machine, log: log)
    }

    /// The same with seeds from somewhere else, and with what a test puts between the store and those
    /// who use it.
    init(
        _ configuration: Configuration,
        seeds origin: SeedOrigin,
        on machine: Machine,
        log: ServerLog,
        seenThrough view: (SQLiteVault) -> any Vault = { $0 }
    ) throws(StartError) {
        self.configuration = configuration
        seedOrigin = origin
        let seeds = try StartError.wrapping { () throws(SeedError) in try origin.plan() }
        self.seeds = Locked(seeds)
        self.machine = machine
        self.log = log
        logger = log.logger(label: "pocketvault")
        let opening = try configuration.vault(on: machine)
        let tokenSignatures = try configuration.tokenSignatures()
        // Closes itself when what follows fails.
        store = try StartError.wrapping { () throws(VaultOpeningError) in
            try SQLiteVault.open(opening)
        }
        tls = try ServerTLS.ready(for: configuration, store.temporaryFolder, machine.now)
        let vault = view(store)
        self.vault = vault
        clock = try VaultClock(keptIn: vault, machine: machine.now)
        authorization = OpenVault.authorization(by: configuration)
        let functions = OpenVault.functions(configuration, seeds)
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
            later: longWork.run,
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
        let work = OpenVault.work(road, rotations, auditDays: configuration.auditDays)
        scheduler = Scheduler(work, vault: vault, clock: clock, logger: logger)
        delivery = OpenVault.delivery(configuration, vault, logger)
        seedExport = SeedExportFile(configuration, of: vault, logger)
        auditLoss = AuditLoss(of: vault, logger: logger)
        fileLoss = FileLoss(of: store, logger: logger)
        feed = EventFeed(of: vault, clock: clock)
        trailWatch = TrailWatch(of: vault)
        agentCache = AgentCache(now: machine.now)
        madeAccounts = MadeAccounts(in: vault, configuration, machine, logger: logger)
    }

    /// Those of the command line win over those of a seed, which others may share.
    private static func functions(
        _ configuration: Configuration,
        _ seeds: SeedPlan
    ) -> RotationFunctionList {
        RotationFunctionList(functions: configuration.rotationFunctions + seeds.rotationFunctions)
    }

    /// By which policies callers need permission, if they do.
    private static func authorization(by configuration: Configuration) -> Authorization {
        Authorization(
            configuration.policies.authorization,
            assumesSecureTransport: configuration.assumesSecureTransport,
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
        auditDays: Int64?
    ) -> [any BackgroundWork] {
        let retention = auditDays.map { AuditRetention(vault: road.vault, days: $0) }
        let work: [(any BackgroundWork)?] = [
            PurgeWork(road: road), KeyDeletionWork(road: road),
            KeyRotationWork(road: road), rotations, retention,
        ]
        return work.compactMap(\.self)
    }

    /// Fills the vault with the seeds that it lacks.
    ///
    /// - Parameter progress: is told how far it is.
    /// - Returns: how much there was to do.
    /// - Throws: one line that says what to do, when the seeds cannot be applied or nobody could get
    ///   in.
    @discardableResult
    func fill(progress: (SeedProgress) -> Void = { _ in }) throws(StartError) -> SeedSummary {
        guard let seeds = seeds.withLock({ $0 }) else { return SeedSummary() }
        let summary = try seeds.applyAndWait(
            to: vault,
            at: clock.now(),
            machine.randomness,
            pacedBy: machine.now,
            progress: progress
        )
        try WayIn.check(configuration, vault)
        StartReport(configuration, rotationFunctions, summary).write(to: logger)
        return summary
    }

    /// Begins what nobody calls for.
    ///
    /// - Parameters:
    ///   - endpoint: where rotation functions reach the server.
    ///   - summary: what came of the seeds.
    func beginWork(reachedAt endpoint: String, after summary: SeedSummary = SeedSummary()) {
        invoker.setEndpoint(endpoint)
        auditLoss.start()
        fileLoss.start()
        scheduler.start()
        delivery?.start()
        madeAccounts.start()
        seedExport?.start()
        if let seeds = seeds.withLock({ $0.take() }), summary.existing > 0 {
            let comparison = SeedComparison(plan: seeds, vault: vault)
            longWork.run { [logger] in comparison.tell(logger) }
        }
        seedWatch.withLock { watch in
            guard configuration.watchesSeeds else { return }
            watch = SeedWatch(of: configuration.seeds, logger) { [weak self] in
                self?.applySeedsAgain()
            }
            watch?.start()
        }
    }

    /// Ends what nobody calls for.
    ///
    /// A rotation goes on at the next start, so its function is not waited for.
    package func endWork() {
        scheduler.stop()
        delivery?.stop()
        seedWatch.withLock { $0?.stop() }
        seedExport?.stop()
        feed.stop()
        trailWatch.stop()
        madeAccounts.stop()
    }

    /// Leaves nothing of a vault in memory behind, before the process ends at once.
    func abandon() {
        store.abandon()
    }

    /// Commits what is queued and closes the file; the log comes last, for the others may have
    /// something to say.
    package func close() {
        store.close()
        log.flush()
    }
}
