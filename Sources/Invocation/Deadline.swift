internal import Glibc

/// A moment on the machine's own clock, which no tester moves.
struct Deadline: Sendable {
    private let nanoseconds: UInt64

    init(afterMilliseconds milliseconds: Int) {
        nanoseconds = Deadline.now + UInt64(max(0, milliseconds)) * 1_000_000
    }

    var hasPassed: Bool { Deadline.now >= nanoseconds }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
