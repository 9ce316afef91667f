internal import Threads

/// How many clients there may be at a time, where this listener accepts them itself.
final class Places: Sendable {
    private struct State {
        var free: Int
        /// Who waits for a place, once.
        var awaited: (@Sendable () -> Void)?
    }

    private let state: Locked<State>

    init(_ count: Int) {
        state = Locked(State(free: count))
    }

    /// Takes a place; when there is none, `freed` is called as soon as there is.
    func take(orWaitFor freed: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.free > 0 else {
                state.awaited = freed
                return false
            }
            state.free -= 1
            return true
        }
    }

    /// A client is gone.
    func give() {
        let awaited = state.withLock { state in
            state.free += 1
            return state.awaited.take()
        }
        awaited?()
    }
}
