internal import AWS
internal import Glibc
package import Notation

/// The clocks of the machine.
package enum SystemClock {
    /// The time of day, which may jump.
    package static func now() -> Timestamp {
        let time = read(CLOCK_REALTIME)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Microseconds since some moment in the past; never runs backwards.
    static func monotonicMicroseconds() -> Int {
        let time = read(CLOCK_MONOTONIC)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // Writes the one structure that it is given.
        _ = unsafe clock_gettime(clock, &time)
        return time
    }
}
