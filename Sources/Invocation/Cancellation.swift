internal import Threads

/// Tells calls that are under way that nobody waits for them any more.
package final class Cancellation: Sendable {
    private let state = Locked(false)

    package init() {}

    package func cancel() {
        state.withLock { $0 = true }
    }

    package var isCancelled: Bool { state.withLock { $0 } }
}
