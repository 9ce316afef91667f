internal import Dispatch
internal import Glibc
internal import Threads

/// Runs what may take long: one after the other, away from the listeners' threads, on a thread that
/// makes way for them.
///
/// The thread lives as long as there is work.
final class LongWork: Sendable {
    private struct Queue {
        var waiting: [@Sendable () -> Void] = []
        var isRunning = false
    }

    private let queue = Locked(Queue())

    func run(_ work: @escaping @Sendable () -> Void) {
        let mustStart = queue.withLock { queue in
            queue.waiting.append(work)
            defer { queue.isRunning = true }
            return !queue.isRunning
        }
        guard mustStart else { return }
        var identity = pthread_t()
        // The thread takes the reference over, or else it is let go of.
        let itself = unsafe Unmanaged.passRetained(self)
        guard unsafe pthread_create(&identity, nil, longWorkThread, itself.toOpaque()) == 0 else {
            unsafe itself.release()
            return DispatchQueue.global().async { self.drain() }
        }
        pthread_detach(identity)
    }

    fileprivate func drain() {
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        queue.withLock { queue in
            guard queue.waiting.isEmpty else { return queue.waiting.removeFirst() }
            queue.isRunning = false
            return nil
        }
    }
}

/// The C entry point: takes over the reference that `run` retained.
private func longWorkThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    // Of this thread alone, on Linux.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    unsafe Unmanaged<LongWork>.fromOpaque(context).takeRetainedValue().drain()
    return nil
}
