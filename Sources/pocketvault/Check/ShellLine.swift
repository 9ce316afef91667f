internal import Glibc

/// What a line of shell writes to its standard output, piece by piece.
enum ShellLine {
    /// Runs the line; its words are ours, for nothing is escaped.
    ///
    /// - Returns: whether it ended well.
    static func run(_ line: String, _ take: ([UInt8]) throws -> Void) throws -> Bool {
        // The stream lives until it is closed below, and is used here alone.
        guard let stream = unsafe popen(line, "re") else { return false }
        var isWhole = false
        var status: Int32 = -1
        do {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = unsafe fread(&buffer, 1, buffer.count, stream)
                guard count > 0 else { break }
                try take(Array(buffer[..<count]))
            }
            isWhole = true
            status = unsafe pclose(stream)
        } catch {
            if !isWhole { _ = unsafe pclose(stream) }
            throw error
        }
        return status == 0
    }

    /// The whole output; nil when it did not end well.
    static func output(of line: String) throws -> String? {
        var bytes: [UInt8] = []
        guard try run(line, { bytes += $0 }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
