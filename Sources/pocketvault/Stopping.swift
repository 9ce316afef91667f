internal import Dispatch
internal import Glibc
internal import Threads

/// Ends the process when a signal asks for it: what runs by then is stopped first.
///
/// A start may take long, or wait for its seeds, and is ended at once: what the database has is on
/// disk already.
final class Stopping: Sendable {
    private let stop = Locked<(@Sendable () -> Void)?>(nil)

    /// From now on; before any thread is started that takes signals, as those of Dispatch do not.
    init() {
        Signals.hold()
        DispatchQueue.global().async { self.watch() }
    }

    /// Has `stop` called before the end, once, on another thread.
    func beforeEnd(_ stop: @escaping @Sendable () -> Void) {
        self.stop.withLock { $0 = stop }
    }

    /// Waits for the end.
    func wait() -> Never {
        while true { pause() }
    }

    private func watch() {
        Signals.wait()
        guard let stop = stop.withLock({ $0 }) else { _exit(EXIT_SUCCESS) }
        DispatchQueue.global().async {
            stop()
            Pocketvault.end(with: EXIT_SUCCESS)
        }
        Signals.wait()
        // What is in flight is not waited for.
        _exit(130)
    }
}
