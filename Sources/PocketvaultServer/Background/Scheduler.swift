internal import AWS
internal import Dispatch
internal import Logging
internal import Notation
internal import Threads

/// Does background work when it falls due, and moves the clock for those who ask.
///
/// When something falls due follows from what is stored and from the clock. So it sleeps until then,
/// and looks again after a commit and when the clock was changed: where nothing happens it does
/// nothing. A server that was off finds at its start what fell due in the meantime, in order.
/// Everything happens on one queue, so that work never runs twice and a moved clock overtakes nothing.
final class Scheduler: Sendable {
    private let work: [any BackgroundWork]
    private let vault: any Vault
    private let clock: VaultClock
    private let moves: ClockMoves
    private let logger: Logger
    private let queue = DispatchQueue(label: "pocketvault.background")
    private let state = Locked(State())

    private struct State {
        /// Wakes it when the next piece falls due; nil before the start.
        var timer: (any DispatchSourceTimer)?
        var isStopped = false
        /// Whether a look that follows a commit is to come.
        var isLookPlanned = false
        /// Before this no look follows a commit; nil when there was none.
        var earliest: DispatchTime?
    }

    init(_ work: [any BackgroundWork], vault: any Vault, clock: VaultClock, logger: Logger) {
        self.work = work
        self.vault = vault
        self.clock = clock
        moves = ClockMoves(of: clock, keptIn: vault)
        self.logger = logger
    }

    /// Begins to look, at once and then whenever something may have fallen due.
    func start() {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.setEventHandler { [weak self] in self?.lookAndSleep() }
        state.withLock { [timer] in $0.timer = timer }
        timer.activate()
        vault.follow { [weak self] in self?.planLook() }
        look()
    }

    /// Looks at once, because the clock is another.
    func look() {
        queue.async { [weak self] in self?.lookAndSleep() }
    }

    /// Begins no more work, and waits for the piece that is under way, which is told to end.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.timer?.cancel()
        }
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

    /// Looks soon, because there was a commit; many in a short time are one look.
    private func planLook() {
        let start = state.withLock { state -> DispatchTime? in
            guard !state.isLookPlanned else { return nil }
            state.isLookPlanned = true
            return state.earliest ?? .now()
        }
        guard let start else { return }
        queue.asyncAfter(deadline: start) { [weak self] in self?.lookAfterCommit() }
    }

    private func lookAfterCommit() {
        let later = state.withLock { state -> DispatchTime? in
            // Work that failed meanwhile, which may have been what was committed, is left alone.
            if let earliest = state.earliest, earliest > .now() { return earliest }
            // Before it looks: what is committed from here on may come too late for this look.
            state.isLookPlanned = false
            return nil
        }
        guard let later else { return lookAndSleep() }
        queue.asyncAfter(deadline: later) { [weak self] in self?.lookAfterCommit() }
    }

    private func lookAndSleep() {
        // Not before the start, and not after the end.
        guard isRunning else { return }
        let milliseconds = doWhatIsDue()
        state.withLock { state in
            // By the time of day, which goes on while a machine is suspended, and may be set.
            state.timer?.schedule(wallDeadline: .now() + .milliseconds(milliseconds))
        }
    }

    private var isRunning: Bool { state.withLock { $0.timer != nil && !$0.isStopped } }

    /// Until the next piece falls due, in milliseconds of the machine's clock.
    func pause() throws -> Int {
        let rate = clock.setting.rate
        guard rate > 0, let due = try nextTime() else { return Scheduler.longestPause }
        let milliseconds = (due.milliseconds - clock.now().milliseconds) / rate + 1
        return Int(max(10, min(Int64(Scheduler.longestPause), milliseconds)))
    }

    /// An hour: a look now and then costs nothing, and mends what nobody thought of.
    private static let longestPause = 3_600_000
    private static let pauseAfterFailure = 1_000
    private static let pauseAfterLook = 100

    /// Does what is due and says when to look again, in milliseconds.
    func doWhatIsDue() -> Int {
        do {
            while !state.withLock({ $0.isStopped }), let time = try nextTime(),
                time <= clock.now()
            {
                for done in try runNext(at: clock.now(), dueAt: time) { log(done) }
            }
            let pause = try pause()
            rest(Scheduler.pauseAfterLook)
            return pause
        } catch {
            logger.error("Background work failed; it is tried again.", error: error)
            // It is due still, and would be tried again and again.
            rest(Scheduler.pauseAfterFailure)
            return Scheduler.pauseAfterFailure
        }
    }

    /// No commit brings a look before so many milliseconds have passed.
    private func rest(_ milliseconds: Int) {
        state.withLock { $0.earliest = .now() + .milliseconds(milliseconds) }
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
