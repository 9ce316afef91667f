public import Glibc

/// A value that only one thread at a time can reach.
///
/// A pthread mutex, because the thread sanitizer does not see the standard library's `Mutex` and
/// reports races that are not there. This is the package's one `@unchecked Sendable`: `value` is
/// touched only between lock and unlock, and `Sendable` results are all that leaves.
///
/// `public`, because the compiler inlines what is public into other modules, and nothing that is
/// `package`: a request takes twenty locks, and each would be a call that knows no types. No product has
/// this module.
public final class Locked<Value>: @unchecked Sendable {
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    /// The mutex sees to it that one access is at a time; Swift's own check at each would cost as much.
    @exclusivity(unchecked)
    @usableFromInline var value: Value

    public init(_ value: sending Value) {
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        self.value = value
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` while no other thread is inside.
    @inlinable
    public func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
