internal import Glibc
internal import Threads

/// A file as the body of an answer: sent from the disk, so that memory does not grow with it.
package final class ResponseFile: Sendable {
    /// How many bytes it has.
    package let byteCount: UInt64
    private let descriptor: Locked<Int32?>

    /// Takes over a descriptor that is open for reading; nil when it cannot be asked for its size.
    package init?(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            return nil
        }
        byteCount = UInt64(status.st_size)
        self.descriptor = Locked(descriptor)
    }

    deinit {
        if let descriptor = take() { close(descriptor) }
    }

    /// Hands the descriptor over, once.
    func take() -> Int32? {
        descriptor.withLock { $0.take() }
    }
}
