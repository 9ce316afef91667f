internal import AWS
internal import Dispatch
internal import Logging
internal import Threads

/// Does background work when it falls due, and moves the clock for those who ask.
///
/// It looks once a second, and oftener when the clock runs fast, which costs an indexed row or two;
/// a server that was off finds at its start what fell due in the meantime, in order. Everything
/// happens on one queue, so that work never runs twice and a moved clock overtakes nothing.
final class Scheduler: Sendable {
    private let work: [any BackgroundWork]
    private let clock: VaultClock
    private let moves: ClockMoves
    private let logger: Logger
    private let queue = DispatchQueue(label: "pocketvault.background")
    private let isStopped = Locked(false)
    private let isStarted = Locked(false)
    /// Which of the looks that were planned counts.
    private let plannedLook = Locked(0)

    init(_ work: [any BackgroundWork], vault: any Vault, clock: VaultClock, logger: Logger) {
        self.work = work
        self.clock = clock
        moves = ClockMoves(of: clock, keptIn: vault)
        self.logger = logger
    }

    /// Begins to look, at once and then again and again.
    func start() {
        isStarted.withLock { $0 = true }
        look()
    }

    /// Looks at once, because something is known to have fallen due.
    func look() {
        guard isStarted.withLock({ $0 }) else { return }
        plan(afterMilliseconds: 0)
    }

    /// Begins no more work, and waits for the piece that is under way, which is told to end.
    func stop() {
        isStopped.withLock { $0 = true }
        interruptMoves()
        for kind in work { kind.cancel() }
        queue.sync {}
    }

    /// Changes the clock as `change` says; `reply` gets what fell due on the way.
    ///
    /// When the clock moves forward, each piece of work is done at the time at which it fell due,
    /// as if the time had passed. When it moves back nothing is undone.
    func move(
        _ change: @escaping @Sendable (ClockSetting, Timestamp) -> ClockSetting,
        then reply: @escaping @Sendable (ClockMove) -> Void
    ) {
        let ticket = moves.begin()
        queue.async { [self] in
            reply(move(change, ticket))
            look()
        }
    }

    /// Ends the moves that were asked for before and are not done; the clock stays where it is.
    func interruptMoves() {
        moves.interrupt()
    }

    private func move(
        _ change: (ClockSetting, Timestamp) -> ClockSetting,
        _ ticket: ClockMoves.Ticket
    ) -> ClockMove {
        var move = ClockMove()
        do {
            let real = clock.real
            let setting = change(clock.setting, real)
            let target = setting.time(at: real)
            var standing: Timestamp?
            while let time = try nextTime(), time <= target {
                let now = max(time, standing ?? clock.now())
                if now == standing {
                    try moves.check(ticket)
                } else {
                    try moves.stand(at: now, ticket)
                    standing = now
                }
                move.fired += try runNext(at: now, dueAt: time)
            }
            try moves.arrive(at: setting, ticket)
        } catch {
            moves.abandon(ticket)
            move.failure = error
        }
        return move
    }

    /// Plans the next look, in place of the one that is planned.
    private func plan(afterMilliseconds milliseconds: Int) {
        let look = plannedLook.withLock { look in
            look += 1
            return look
        }
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
            guard plannedLook.withLock({ $0 == look }), !isStopped.withLock({ $0 }) else { return }
            doWhatIsDue()
            plan(afterMilliseconds: pause)
        }
    }

    /// Until the next look, in milliseconds of the machine's clock: at least one look in each of
    /// the vault's hours, the shortest window that there is, if the machine can.
    var pause: Int {
        let rate = max(1, clock.setting.rate)
        let hourly = Int64(3_600_000) / rate
        let due = (try? nextTime()).map { ($0.milliseconds - clock.now().milliseconds) / rate }
        return Int(max(10, min(1_000, hourly, due.map { $0 + 1 } ?? 1_000)))
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
