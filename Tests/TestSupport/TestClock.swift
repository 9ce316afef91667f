import AWS
package import Notation
internal import Threads

/// A clock that stands still until a test moves it.
package final class TestClock: Sendable {
    private let time: Locked<Timestamp>

    /// Begins at 2026-01-15 10:00:00 UTC unless told otherwise.
    package init(_ start: Timestamp = Timestamp(milliseconds: 1_768_471_200_000)) {
        time = Locked(start)
    }

    package var now: Timestamp { time.withLock { $0 } }

    package func advance(days: Int64 = 0, hours: Int64 = 0, milliseconds: Int64 = 0) {
        let step = days * 86_400_000 + hours * 3_600_000 + milliseconds
        time.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + step) }
    }
}
