internal import Threads

/// Whether the seeds are in.
///
/// Turns true once.
final class Readiness: Sendable {
    private let state = Locked(false)

    var isReady: Bool { state.withLock { $0 } }

    func setReady() {
        state.withLock { $0 = true }
    }
}
