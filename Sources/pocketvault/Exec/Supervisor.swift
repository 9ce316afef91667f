internal import Invocation
internal import Threads

/// Keeps a command running: passes signals on to it, restarts or ends it when somebody asks, and
/// tells how it ended.
///
/// Whoever decides about the command from outside, because a secret changed or a service was deployed,
/// calls `restart`, `rest` or `end`, from any thread.
final class Supervisor: Sendable {
    /// One way of starting the command.
    struct Launch: Sendable {
        let program: Program
        let environment: ChildEnvironment
        /// What must not be seen in what it writes; nil to let that go its way.
        var maskedValues: MaskedValues?
    }

    /// What is to become of the command.
    private enum Order: Sendable {
        case restart(Launch)
        case rest
        case end
    }

    private let signals: HeldSignals
    private let graceMilliseconds: Int
    private let started: @Sendable () -> Void
    private let rested: @Sendable () -> Void
    private let order = Locked<Order?>(nil)

    /// - Parameters:
    ///   - signals: those that are passed on.
    ///   - graceSeconds: how long a command that is to end may take before it is killed.
    ///   - started: is called after each start.
    ///   - rested: is called when the command has ended to rest.
    init(
        _ signals: HeldSignals,
        graceSeconds: Int = 10,
        started: @escaping @Sendable () -> Void = {},
        rested: @escaping @Sendable () -> Void = {}
    ) {
        self.signals = signals
        graceMilliseconds = graceSeconds * 1_000
        self.started = started
        self.rested = rested
    }

    /// Ends the command, with all that it has started, and starts it anew.
    func restart(_ launch: Launch) { give(.restart(launch)) }

    /// Ends the command and waits for a `restart`.
    func rest() { give(.rest) }

    /// Ends the command, and with it `run`.
    func end() { give(.end) }

    private func give(_ order: Order) {
        self.order.withLock { $0 = order }
        signals.wake()
    }

    /// Starts the command and waits until it ends by itself, or by a signal, or was to end.
    ///
    /// - Parameters:
    ///   - launch: how it is first started.
    ///   - isAtRest: whether it waits for a `restart` first.
    /// - Returns: its exit code, as a shell has it.
    /// - Throws: when it cannot be started.
    func run(_ launch: Launch, isAtRest: Bool = false) throws(Program.Failure) -> Int32 {
        let terminal = ForegroundTerminal()
        defer { terminal?.takeBack() }
        var running: RunningCommand? = isAtRest ? nil : try start(launch, terminal)
        while true {
            let signal = signals.next(within: running?.patienceMilliseconds)
            if let signal, !signal.isOfChild {
                running?.pass(signal)
                if running == nil, signal.isEnd { return 128 + signal.number }
            }
            let order = order.withLock { order in
                defer { order = nil }
                return order
            }
            switch (order, running) {
            case (let order?, _?):
                running?.end(within: graceMilliseconds, then: order)
            case (.restart(let launch), nil): running = try start(launch, terminal)
            case (.end, nil): return 0
            case (.rest, nil), (nil, _): break
            }
            guard let state = running?.look() else { continue }
            switch state {
            case .running: break
            case .stopped: pause(running, terminal)
            case .ended(let exitCode, let next):
                terminal?.takeBack()
                switch next {
                case .restart(let launch): running = try start(launch, terminal)
                case .rest:
                    running = nil
                    rested()
                case .end, nil: return exitCode
                }
            }
        }
    }

    private func start(
        _ launch: Launch,
        _ terminal: ForegroundTerminal?
    ) throws(Program.Failure) -> RunningCommand {
        let output = launch.maskedValues.map(MaskedOutput.init)
        var streams = ChildProcess.Streams()
        streams.output = output?.output.writingEnd
        streams.error = output?.error.writingEnd
        streams.terminal = terminal
        let process: ChildProcess
        do throws(Program.Failure) {
            process = try ChildProcess(launch.program, launch.environment, streams)
        } catch {
            output?.begin()
            throw error
        }
        output?.begin()
        started()
        return RunningCommand(process, output)
    }

    /// Stops as the command has been stopped, until somebody continues this process.
    private func pause(_ running: RunningCommand?, _ terminal: ForegroundTerminal?) {
        guard let running, terminal != nil || running.isAskedToStop else { return }
        terminal?.takeBack()
        signals.stopThisProcess()
        terminal?.lend(to: running.process)
        running.process.send(HeldSignals.goOn, toGroup: true)
    }

    /// A command that was started and has not ended yet.
    private struct RunningCommand {
        let process: ChildProcess
        private let output: MaskedOutput?
        /// Of the command itself; what it has started may still be there.
        private var exitCode: Int32?
        private var ending: (deadline: Deadline, next: Order)?
        private var isKilled = false
        private(set) var isAskedToStop = false

        enum State {
            case running
            case stopped
            case ended(exitCode: Int32, next: Order?)
        }

        init(_ process: ChildProcess, _ output: MaskedOutput?) {
            self.process = process
            self.output = output
        }

        /// How long to wait for a signal before looking; nil while nobody waits for its end.
        var patienceMilliseconds: Int? { ending == nil ? nil : 20 }

        /// What the terminal sends is for all that runs in it, the rest for the command alone.
        mutating func pass(_ signal: HeldSignals.Received) {
            isAskedToStop = isAskedToStop || signal.isStop
            process.send(signal.number, toGroup: signal.isOfTerminal)
            if signal.isEnd, let ending { self.ending = (ending.deadline, .end) }
        }

        mutating func end(within milliseconds: Int, then next: Order) {
            guard ending == nil else {
                ending?.next = next
                return
            }
            ending = (Deadline(afterMilliseconds: milliseconds), next)
            process.send(HeldSignals.terminate, toGroup: true)
            process.send(HeldSignals.goOn, toGroup: true)
        }

        mutating func look() -> State {
            if exitCode == nil {
                switch process.change() {
                case .ended(let code): exitCode = code
                case .stopped where ending == nil: return .stopped
                case .stopped: process.send(HeldSignals.goOn, toGroup: true)
                case nil: break
                }
            }
            guard let ending else {
                guard let exitCode else { return .running }
                output?.finish()
                return .ended(exitCode: exitCode, next: nil)
            }
            if ending.deadline.hasPassed, !isKilled {
                process.send(HeldSignals.end, toGroup: true)
                isKilled = true
            }
            // A port that it listens on must be free before it is started anew.
            guard let exitCode, isKilled || !process.hasGroup else { return .running }
            output?.finish()
            return .ended(exitCode: exitCode, next: ending.next)
        }
    }
}
