internal import Glibc

/// A thread that runs one body to its end.
///
/// It inherits the signal mask of whoever starts it.
public final class WorkerThread: Sendable {
    private let identity: Locked<pthread_t?>

    /// Nil when the system has no thread left.
    public init?(_ body: @escaping @Sendable () -> Void) {
        let held = Unmanaged.passRetained(Body(body))
        var identity = pthread_t()
        let status = pthread_create(
            &identity,
            nil,
            { context in
                if let context {
                    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                }
                return nil
            },
            held.toOpaque()
        )
        guard status == 0 else {
            held.release()
            return nil
        }
        self.identity = Locked(identity)
    }

    /// Waits for the end of the body; for one who waits.
    ///
    /// Called by the body itself it does not wait: the thread ends when the body returns.
    public func join() {
        guard let identity = identity.withLock({ $0.take() }) else { return }
        if pthread_equal(identity, pthread_self()) != 0 {
            pthread_detach(identity)
        } else {
            pthread_join(identity, nil)
        }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
