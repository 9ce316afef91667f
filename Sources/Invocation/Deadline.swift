internal import Glibc

/// A moment on the machine's own clock, which no tester moves.
package struct Deadline: Sendable {
    private let nanoseconds: UInt64

    /// So many milliseconds from now.
    package init(afterMilliseconds milliseconds: Int) {
        nanoseconds = Deadline.now + UInt64(max(0, milliseconds)) * 1_000_000
    }

    private init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    package var hasPassed: Bool { Deadline.now >= nanoseconds }

    /// The earlier of the two.
    package func orSooner(_ other: Deadline) -> Deadline {
        Deadline(nanoseconds: min(nanoseconds, other.nanoseconds))
    }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
