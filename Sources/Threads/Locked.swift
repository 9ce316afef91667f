internal import Glibc

/// A value that only one thread at a time can reach.
///
/// A pthread mutex, because the thread sanitizer does not see the standard library's `Mutex` and
/// reports races that are not there. This is the package's one `@unchecked Sendable`: `value` is
/// touched only between lock and unlock, and `Sendable` results are all that leaves.
package final class Locked<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    /// The mutex sees to it that one access is at a time; Swift's own check at each would cost as much.
    @exclusivity(unchecked)
    private var value: Value

    package init(_ value: sending Value) {
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        self.value = value
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` while no other thread is inside.
    package func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
