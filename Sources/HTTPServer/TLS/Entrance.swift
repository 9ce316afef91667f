internal import CMicroHTTPD
internal import Glibc
internal import Threads

/// The way by which clients that were accepted elsewhere get to the daemon, as long as there is one.
final class Entrance: Sendable {
    /// Used under the lock of `isOpen` alone.
    nonisolated(unsafe) private let daemon: OpaquePointer
    private let isOpen = Locked(true)

    init(to daemon: OpaquePointer) {
        self.daemon = daemon
    }

    /// Hands a connection over, whose descriptor is the daemon's from then on.
    ///
    /// - Returns: false when the daemon does not take it; it is closed all the same.
    func admit(_ descriptor: Int32, from address: ClientAddress) -> Bool {
        isOpen.withLock { isOpen in
            guard isOpen else {
                close(descriptor)
                return false
            }
            return address.withPointer { pointer, length in
                MHD_add_connection(daemon, descriptor, pointer, length) == .YES
            }
        }
    }

    /// From now on nobody gets in, and nobody is on the way: the daemon may be stopped.
    func shut() {
        isOpen.withLock { $0 = false }
    }
}
