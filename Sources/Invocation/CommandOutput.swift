internal import Glibc

/// What a command writes to its standard output, read from the other end of its pipe.
struct CommandOutput {
    /// Of the pipe's end for reading, which never blocks.
    private let descriptor: Int32
    private var isOpen = true
    private(set) var bytes: [UInt8] = []

    init(reading descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    /// Waits some milliseconds for more, or a moment for the end of a command that has closed it.
    mutating func wait() {
        guard isOpen else {
            usleep(500)
            return
        }
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&event, 1, 20) > 0 { take() }
    }

    /// Takes what is there; more than is kept is thrown away.
    mutating func take() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while isOpen {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count].prefix(max(0, HTTPAnswer.maximumLength - bytes.count))
            } else if count == 0 {
                isOpen = false
            } else if errno != EINTR {
                return
            }
        }
    }
}
