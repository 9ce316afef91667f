internal import Client
internal import Glibc
internal import System

/// A folder for its owner alone, in memory where the system has a place for that; what was in it is
/// overwritten before it goes.
struct PrivateFolder {
    let path: String

    /// Makes it in the first of these places where that is possible.
    init(in places: [String]) throws {
        for place in places where !place.isEmpty {
            var template = Array("\(place)/pocketvault-edit-XXXXXX".utf8CString)
            // Writes into the one array that it is given, and makes the folder with 0700.
            let isMade = unsafe template.withUnsafeMutableBufferPointer { buffer in
                guard let text = buffer.baseAddress else { return false }
                return unsafe mkdtemp(text) != nil
            }
            if isMade {
                path = String(
                    decoding: template.dropLast().map(UInt8.init(bitPattern:)),
                    as: UTF8.self
                )
                return
            }
        }
        throw ClientError.impossible("no folder for the text can be made; set TMPDIR")
    }

    /// Writes a file that only its owner reads.
    func write(_ bytes: [UInt8], as name: String) throws -> String {
        let file = "\(path)/\(name)"
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ClientError.impossible("\(file) cannot be made") }
        defer { close(descriptor) }
        guard PrivateFolder.put(bytes, into: descriptor) else {
            throw ClientError.impossible("\(file) cannot be written")
        }
        return file
    }

    /// Overwrites and removes all that is in it: an editor leaves copies of its own.
    func wipe() {
        for name in Files.names(in: path) ?? [] {
            let file = "\(path)/\(name)"
            let descriptor = unsafe open(file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
            if descriptor >= 0 {
                let length = max(0, min(Int(lseek(descriptor, 0, SEEK_END)), 16 << 20))
                lseek(descriptor, 0, SEEK_SET)
                _ = PrivateFolder.put([UInt8](repeating: 0, count: length), into: descriptor)
                fsync(descriptor)
                close(descriptor)
            }
        }
        Files.remove(path)
    }

    private static func put(_ bytes: [UInt8], into descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The pointer does not leave the call, and the count is that of its bytes.
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
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
