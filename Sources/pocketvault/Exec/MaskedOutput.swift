internal import Dispatch
internal import Glibc

/// What a command writes to its standard output and error, on its way to this process's own.
final class MaskedOutput: Sendable {
    let output: MaskedStream
    let error: MaskedStream

    init(_ values: MaskedValues) {
        output = MaskedStream(to: STDOUT_FILENO, values)
        error = MaskedStream(to: STDERR_FILENO, values)
    }

    /// Begins to read, once the command has its ends of the pipes.
    func begin() {
        output.begin()
        error.begin()
    }

    /// Waits until everything is shown.
    ///
    /// What the command left running may go on writing: that is not waited for.
    func finish() {
        output.finish()
        error.finish()
    }
}

/// A pipe from a command, read through a mask.
final class MaskedStream: Sendable {
    /// The command's end; -1 when there is no pipe, and nothing may be written.
    let writingEnd: Int32
    private let readingEnd: Int32
    private let target: Int32
    private let values: MaskedValues
    private let isDone = DispatchSemaphore(value: 0)

    init(to target: Int32, _ values: MaskedValues) {
        self.target = target
        self.values = values
        var ends: [Int32] = [-1, -1]
        // Writes the two numbers.
        _ = unsafe pipe(&ends)
        // The command gets its end under the number of the stream.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readingEnd = ends[0]
        writingEnd = ends[1]
    }

    func begin() {
        close(writingEnd)
        DispatchQueue(label: "masked").async { [self] in
            pump()
            close(readingEnd)
            isDone.signal()
        }
    }

    func finish() {
        _ = isDone.wait(timeout: .now() + .milliseconds(500))
    }

    private func pump() {
        var mask = OutputMask(values)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            // Writes no more than the buffer holds.
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe read(readingEnd, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            // Where nobody reads any more, the command learns it by the end of its pipe.
            guard show(mask.take(buffer[..<count])) else { return }
        }
        _ = show(mask.finish())
    }

    private func show(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The pointer does not leave the call, and the count is that of its bytes.
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe write(target, buffer.baseAddress, buffer.count)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
