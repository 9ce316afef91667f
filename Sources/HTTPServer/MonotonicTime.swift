internal import Glibc

/// Time that only goes on, for how long something takes.
enum MonotonicTime {
    /// Milliseconds since some moment.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}
