internal import Glibc

/// Where results and remarks go: results to standard output, the rest to standard error.
enum Terminal {
    /// Writes a result at once: `print` would keep it in a buffer when a program listens.
    static func result(_ text: String) {
        write(Array((text + "\n").utf8), to: STDOUT_FILENO)
    }

    /// Writes a remark.
    static func remark(_ text: String) {
        write(Array((text + "\n").utf8), to: STDERR_FILENO)
    }

    /// Writes the one line of a command that failed.
    static func failure(_ reason: String) {
        // One line whatever the reason holds: it may name a path with a line feed in it.
        let line = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
        remark("pocketvault: \(line)")
    }

    /// Whether a person reads standard output.
    static var isSeen: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether results may have colours.
    static var hasColours: Bool {
        let environment = Environment()
        return isSeen && environment.variable("NO_COLOR") == nil
            && environment.variable("TERM") != "dumb"
    }

    /// Whether a person reads standard error.
    static var isAttended: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes all bytes, unless nobody is there to take them.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The pointer does not leave the call, and the count is that of its bytes.
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
