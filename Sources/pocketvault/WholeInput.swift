internal import Client
internal import Glibc

/// Everything that comes from a file or a pipe.
enum WholeInput {
    /// All bytes of a file or a pipe that has a path; more than the greatest count is an error.
    static func file(at path: String, atMost greatestCount: Int) throws(ClientError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .impossible("\(path) cannot be read") }
        defer { close(descriptor) }
        return try bytes(of: descriptor, path, atMost: greatestCount)
    }

    /// All bytes of a descriptor, which messages call by a name.
    static func bytes(
        of descriptor: Int32,
        _ name: String,
        atMost greatestCount: Int
    ) throws(ClientError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try piece(of: descriptor, name) {
            bytes += piece
            guard bytes.count <= greatestCount else {
                throw .impossible("\(name) is longer than \(greatestCount) bytes")
            }
        }
        return bytes
    }

    /// What is there by now; nil at the end.
    static func piece(
        of descriptor: Int32,
        _ name: String
    ) throws(ClientError) -> ArraySlice<UInt8>? {
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            // Writes no more than the buffer holds.
            let count = unsafe piece.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count > 0 { return piece[..<count] }
            if count == 0 { return nil }
            guard errno == EINTR else { throw .impossible("\(name) cannot be read") }
        }
    }
}
