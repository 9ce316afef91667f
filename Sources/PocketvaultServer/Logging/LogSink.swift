internal import Dispatch
internal import Notation
internal import Threads

/// Where log lines gather until they are written together.
///
/// A request only appends to a buffer in memory; the buffer goes out at most 50 ms later, and at
/// once when a line is urgent. When the reader of standard error stalls, memory stays bounded:
/// lines are dropped and counted.
package final class LogSink: Sendable {
    private struct Buffer {
        var bytes: [UInt8] = []
        var isFlushScheduled = false
        var droppedLines = 0
    }

    private let buffer = Locked(Buffer())
    /// Locked so that what was appended first is also written first.
    private let output: Locked<@Sendable ([UInt8]) -> Void>
    private let queue = DispatchQueue(label: "pocketvault.log")

    private static let maximumBytes = 1 << 20
    private static let delayMilliseconds = 50

    /// - Parameter write: takes whole lines, on one thread at a time.
    package init(write: @escaping @Sendable ([UInt8]) -> Void) {
        output = Locked(write)
    }

    /// Adds a line, which ends in a line feed.
    func append(_ line: [UInt8], isUrgent: Bool) {
        let mustSchedule = buffer.withLock { buffer in
            if buffer.bytes.count + line.count > LogSink.maximumBytes {
                buffer.droppedLines += 1
            } else {
                buffer.bytes += line
            }
            guard !buffer.isFlushScheduled, !isUrgent else { return false }
            buffer.isFlushScheduled = true
            return true
        }
        if isUrgent {
            flush()
        } else if mustSchedule {
            queue.asyncAfter(deadline: .now() + .milliseconds(LogSink.delayMilliseconds)) {
                self.flush()
            }
        }
    }

    /// Writes all that is there.
    package func flush() {
        output.withLock { write in
            let (bytes, droppedLines) = buffer.withLock { buffer in
                let taken = (buffer.bytes, buffer.droppedLines)
                buffer = Buffer()
                return taken
            }
            if !bytes.isEmpty { write(bytes) }
            if droppedLines > 0 {
                write(Array("\(droppedLines) log lines dropped: nobody reads them\n".utf8))
            }
        }
    }
}
