internal import AWS
internal import Dispatch
internal import Logging
internal import Threads

/// Does background work when it falls due, and moves the clock for those who ask.
///
/// It looks once a second, which costs an indexed row or two; a server that was off finds at its
/// start what fell due in the meantime, in order. Everything happens on one queue, so that work
/// never runs twice and a moved clock overtakes nothing.
final class Scheduler: Sendable {
    private let work: [any BackgroundWork]
    private let vault: any Vault
    private let clock: VaultClock
    private let logger: Logger
    private let queue = DispatchQueue(label: "pocketvault.background")
    private let isStopped = Locked(false)
    private let isStarted = Locked(false)

    init(_ work: [any BackgroundWork], vault: any Vault, clock: VaultClock, logger: Logger) {
        self.work = work
        self.vault = vault
        self.clock = clock
        self.logger = logger
    }

    /// Begins to look, at once and then every second.
    func start() {
        isStarted.withLock { $0 = true }
        queue.async { self.tick() }
    }

    /// Looks at once, because something is known to have fallen due.
    func look() {
        guard isStarted.withLock({ $0 }) else { return }
        queue.async { self.doWhatIsDue() }
    }

    /// Begins no more work, and waits for the piece that is under way, which is told to end.
    func stop() {
        isStopped.withLock { $0 = true }
        for kind in work { kind.cancel() }
        queue.sync {}
    }

    /// Changes the clock as `change` says; `reply` gets what fell due on the way.
    ///
    /// When the clock moves forward, each piece of work is done at the time at which it fell due,
    /// as if the time had passed. When it moves back nothing is undone.
    func adjust(
        _ change: @escaping @Sendable (ClockSetting, Timestamp) -> ClockSetting,
        then reply: @escaping @Sendable (Result<[FiredWork], any Error>) -> Void
    ) {
        queue.async { [self] in
            reply(Result { try adjust(change) })
        }
    }

    private func adjust(
        _ change: (ClockSetting, Timestamp) -> ClockSetting
    ) throws -> [FiredWork] {
        let former = clock.setting
        let real = clock.real
        let setting = change(former, real)
        let target = setting.time(at: real)
        var fired: [FiredWork] = []
        do {
            while let time = try nextTime(), time <= target {
                guard !isStopped.withLock({ $0 }) else { throw VaultFailure("the server stops") }
                let now = max(time, clock.now())
                // The clock stands still while the work of this moment is done.
                clock.set(ClockSetting(origin: real, time: now, rate: 0))
                fired += try runNext(at: now, dueAt: time)
            }
            let text = setting == .real ? nil : setting.text
            try vault.writeAndWait { vault throws(APIError) in try vault.setClockSetting(text) }
        } catch {
            clock.set(former)
            throw error
        }
        clock.set(setting)
        return fired
    }

    private func tick() {
        guard !isStopped.withLock({ $0 }) else { return }
        doWhatIsDue()
        queue.asyncAfter(deadline: .now() + .seconds(1)) { self.tick() }
    }

    private func doWhatIsDue() {
        do {
            while !isStopped.withLock({ $0 }), let time = try nextTime(), time <= clock.now() {
                for done in try runNext(at: clock.now(), dueAt: time) { log(done) }
            }
        } catch {
            logger.error("Background work failed; it is tried again.", error: error)
        }
    }

    /// When the earliest piece of all work falls due.
    private func nextTime() throws -> Timestamp? {
        try work.compactMap { try $0.nextTime() }.min()
    }

    private func runNext(at now: Timestamp, dueAt time: Timestamp) throws -> [FiredWork] {
        for kind in work where try kind.nextTime() == time {
            return try kind.runNext(at: now)
        }
        return []
    }

    private func log(_ done: FiredWork) {
        logger.info("\(done.event)", metadata: [done.noun: "\(done.arn)"])
    }
}

extension Logger {
    fileprivate func error(_ sentence: Message, error: any Error) {
        let cause = (error as? APIError)?.cause ?? "\(error)"
        self.error(sentence, metadata: ["cause": "\(cause)"])
    }
}
