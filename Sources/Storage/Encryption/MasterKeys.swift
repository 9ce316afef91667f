internal import Cryptography
internal import Threads

/// The master key of an open vault, and while that changes the other one too.
///
/// Connections ask for it each time that they unwrap a key, so a change reaches them all at once. A
/// reader may still look at the vault as it was before the change, and another one already as it is
/// after it: each tries both keys.
final class MasterKeys: Sendable {
    private struct State {
        var current: KeyMaterial
        /// The next key while a change is under way, the former one when it is done.
        var other: KeyMaterial?
    }

    private let state: Locked<State>

    init(_ key: KeyMaterial) {
        state = Locked(State(current: key))
    }

    /// What new keys are wrapped under.
    var current: KeyMaterial { state.withLock { $0.current } }

    /// Keys that what a reader sees may be wrapped under, the likely one first.
    var candidates: [KeyMaterial] {
        state.withLock { [$0.current] + ($0.other.map { [$0] } ?? []) }
    }

    /// What is wrapped under `next` may be seen from now on.
    func prepare(_ next: KeyMaterial) {
        state.withLock { $0.other = next }
    }

    /// What was prepared is on disk.
    func adopt() {
        state.withLock { state in
            guard let next = state.other else { return }
            state.other = state.current
            state.current = next
        }
    }

    /// What was prepared came to nothing.
    func abandon() {
        state.withLock { $0.other = nil }
    }
}
