internal import Glibc

/// Wakes the one thread that waits for it; a call while nobody waits is kept for the next wait.
final class WakeSignal: Sendable {
    private struct State {
        var mutex = pthread_mutex_t()
        var condition = pthread_cond_t()
        var isRaised = false
    }

    // Sendable although it is a pointer: mutex and condition are made to be used by several
    // threads, and the flag is touched with the mutex held.
    private nonisolated(unsafe) let state: UnsafeMutablePointer<State>

    init() {
        state = .allocate(capacity: 1)
        state.initialize(to: State())
        pthread_mutex_init(&state.pointee.mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // The clock that nobody can set: a wait must not last as long as a correction of the time.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(&state.pointee.condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(&state.pointee.condition)
        pthread_mutex_destroy(&state.pointee.mutex)
        state.deallocate()
    }

    func wake() {
        pthread_mutex_lock(&state.pointee.mutex)
        state.pointee.isRaised = true
        pthread_cond_signal(&state.pointee.condition)
        pthread_mutex_unlock(&state.pointee.mutex)
    }

    /// Waits until `wake` is called or the deadline has passed, in `now`'s nanoseconds.
    ///
    /// - Returns: whether `wake` was called.
    @discardableResult
    func wait(until deadline: UInt64?) -> Bool {
        pthread_mutex_lock(&state.pointee.mutex)
        defer { pthread_mutex_unlock(&state.pointee.mutex) }
        while !state.pointee.isRaised {
            guard let deadline else {
                pthread_cond_wait(&state.pointee.condition, &state.pointee.mutex)
                continue
            }
            var time = timespec(
                tv_sec: Int(deadline / 1_000_000_000),
                tv_nsec: Int(deadline % 1_000_000_000)
            )
            let status = pthread_cond_timedwait(
                &state.pointee.condition,
                &state.pointee.mutex,
                &time
            )
            if status != 0 { break }
        }
        defer { state.pointee.isRaised = false }
        return state.pointee.isRaised
    }

    /// Nanoseconds on the monotonic clock.
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
