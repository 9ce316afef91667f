internal import AWS
internal import Dispatch
internal import FoundationEssentials
internal import HTTPServer
internal import Logging
internal import Storage
internal import Threads

/// The parts that the server is put together from.
extension Server {
    static func router(
        _ configuration: Configuration,
        _ scope: Scope,
        _ seeds: SeedPlan,
        _ readiness: Readiness,
        _ vault: any Vault,
        _ randomness: Randomness,
        _ scheduler: Scheduler,
        _ clock: VaultClock,
        _ log: ServerLog
    ) -> Router {
        let functions = RotationFunctionList(functions: configuration.rotationFunctions)
        let authorization = Server.authorization(configuration)
        let service = Service(
            vault: vault,
            now: clock.now,
            randomness: randomness,
            rotationFunctions: RotationFunctions { functions.target(of: $0) != nil },
            authorization: authorization
        )
        let reset = Reset(
            vault: vault,
            seeds: seeds,
            needsErase: !configuration.isInMemory && configuration.seeds.isEmpty,
            clock: clock,
            scheduler: scheduler,
            randomness: randomness
        )
        let clockControl = ClockControl(clock: clock, scheduler: scheduler)
        return Router(
            service: service,
            control: ControlSurface(
                vault: vault,
                readiness: readiness,
                reset: reset,
                clock: clockControl,
                policies: PolicyControl(
                    vault: vault,
                    authorization: authorization,
                    clock: clock,
                    defaultRegion: scope.region
                )
            ),
            authenticator: Authenticator(
                defaultScope: scope,
                mode: configuration.signatures,
                lookup: CredentialLookup(
                    vault: vault,
                    root: configuration.rootCredentials,
                    rootAccount: configuration.account
                ),
                check: SignatureCheck(realTime: SystemClock.now),
                now: clock.now
            ),
            scheduler: scheduler,
            log: log
        )
    }

    private static func authorization(_ configuration: Configuration) -> Authorization {
        let cache = PolicyCache()
        return Authorization(configuration.policies.authorization, reading: cache.policy)
    }

    /// Refuses to serve what nobody could get into.
    static func checkWayIn(
        _ configuration: Configuration,
        _ vault: any Vault
    ) throws(StartError) {
        guard configuration.signatures == .verify, configuration.rootCredentials == nil else {
            return
        }
        let hasKeys = try? vault.read { vault in (try? vault.hasAccessKeys()) ?? false }
        guard hasKeys != true else { return }
        throw StartError(
            description: """
                signatures are to be verified and nobody has an access key: set \
                POCKETVAULT_ROOT_CREDENTIALS to KEYID:SECRET, or name principals in a seed
                """
        )
    }

    /// Where signatures are verified, functions that run as commands need credentials that count.
    static func invoker(
        _ configuration: Configuration,
        _ vault: any Vault,
        _ clock: VaultClock,
        _ randomness: Randomness
    ) -> FunctionInvoker {
        let seconds = configuration.rotationTimeoutSeconds
        return FunctionInvoker(
            timeoutMilliseconds: seconds * 1_000,
            credentials: configuration.signatures == .ignore
                ? .unsigned
                : .temporary(vault, clock, randomness, lifetimeSeconds: seconds + 900),
            environment: ProcessInfo.processInfo.environment
        )
    }

    static func backgroundWork(
        _ configuration: Configuration,
        _ vault: any Vault,
        _ invoker: FunctionInvoker,
        _ clock: VaultClock,
        _ randomness: Randomness,
        _ logger: Logger
    ) -> [any BackgroundWork] {
        let rotations = RotationRunner(
            vault: vault,
            functions: RotationFunctionList(functions: configuration.rotationFunctions),
            invoker: invoker,
            clock: clock,
            randomness: randomness,
            logger: logger
        )
        var work: [any BackgroundWork] = [
            Purge(vault: vault), KeyDeletion(vault: vault), rotations,
        ]
        if let days = configuration.auditDays {
            work.append(AuditRetention(vault: vault, days: days))
        }
        return work
    }

    /// The vault's clock, as it was left.
    static func clock(of vault: any Vault) throws(StartError) -> VaultClock {
        do {
            let text = try vault.read { vault in
                Result { () throws(APIError) in try vault.clockSetting() }
            }.get()
            let setting = text.flatMap { ClockSetting(text: $0) }
            return VaultClock(setting ?? .real, machine: SystemClock.now)
        } catch {
            throw StartError(description: "the vault's clock cannot be read: \(error)")
        }
    }

    /// Applies the seeds in one job of the write lane, and waits for it to be on disk.
    static func apply(
        _ seeds: SeedPlan,
        to vault: any Vault,
        at now: Timestamp,
        _ randomness: Randomness
    ) throws(StartError) -> SeedSummary {
        guard !seeds.secrets.isEmpty || !seeds.principals.isEmpty else { return SeedSummary() }
        let answer = Locked<Result<SeedSummary, StartError>?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        vault.write { vault in
            seeds.applyWhole(to: vault, at: now, randomness: randomness)
        } then: { result in
            answer.withLock { answer in
                switch result {
                case .success(.success(let summary)): answer = .success(summary)
                case .success(.failure(let error)):
                    answer = .failure(.seedsNotApplied(error.cause ?? error.message))
                case .failure(let lost): answer = .failure(.seedsNotApplied(lost.description))
                }
            }
            isDone.signal()
        }
        isDone.wait()
        guard let answer = answer.withLock({ $0 }) else { throw .seedsNotApplied(nil) }
        return try answer.get()
    }

    static func report(
        _ configuration: Configuration,
        _ summary: SeedSummary,
        to logger: Logger
    ) {
        if !HostText.isLoopback(configuration.host) {
            logger.warning(
                """
                Listening beyond this machine: whoever reaches \(configuration.host) can read \
                every secret. Use --host 127.0.0.1 unless that is meant.
                """
            )
        }
        for case .command(let path) in configuration.rotationFunctions.map(\.target)
        where !FileManager.default.isExecutableFile(atPath: path) {
            logger.warning(
                "There is no program where a rotation function should be.",
                metadata: ["path": "\(path)"]
            )
        }
        if !configuration.seeds.isEmpty {
            logger.info(
                "Seeds applied.",
                metadata: ["created": "\(summary.created)", "existing": "\(summary.existing)"]
            )
        }
    }
}

extension StartError {
    /// Runs `body`; its refusal, which is one line for people, becomes the server's.
    static func wrapping<Answer: ~Copyable, Failure: Error & CustomStringConvertible>(
        _ body: () throws(Failure) -> Answer
    ) throws(StartError) -> Answer {
        do throws(Failure) {
            return try body()
        } catch {
            throw StartError(description: error.description)
        }
    }

    static func seedsNotApplied(_ cause: String?) -> StartError {
        StartError(
            description: "the seeds could not be applied and nothing was changed: "
                + (cause ?? "the vault gave no reason")
        )
    }
}
