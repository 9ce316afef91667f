internal import Threads

/// How far the filling of a vault has come.
package struct SeedProgress: Sendable {
    package let done: Int
    package let count: Int
    /// Whether it is only seen yet what there is to do.
    package var isComparing = false
}

/// How far the seeds have come that a call brought or a reset reads: such a change is one, and whoever waits
/// for it would see nothing until its end.
final class SeedsUnderWay: Sendable {
    private let latest = Locked<SeedProgress?>(nil)

    /// Nil while nothing is on its way.
    var progress: SeedProgress? { latest.withLock { $0 } }

    @Sendable func note(_ progress: SeedProgress) {
        latest.withLock { $0 = progress }
    }

    func end() {
        latest.withLock { $0 = nil }
    }
}
