internal import Formats
internal import Glibc
internal import System

/// The file that an export goes to, and the folder of Compose's values beside it.
///
/// All of it is for its owner alone, and nothing that is there is touched unless that is asked for.
struct ExportTarget {
    let path: String
    /// Whether files that are there give way.
    let overwrites: Bool

    /// The folder of values, seen from the file: `compose.secrets.d` for `compose.secrets.yaml`.
    var folderName: String {
        let name = path.split(separator: "/").last ?? Substring(path)
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
        return (stem.isEmpty ? name : stem) + ".d"
    }

    private var folder: String {
        (path.lastIndex(of: "/").map { String(path[...$0]) } ?? "") + folderName
    }

    /// Refuses a file that is there already, before anything is asked of the vault.
    func check() throws(TransferError) {
        guard !overwrites, Files.exists(path) else { return }
        throw TransferError("\(path) is there already; --force puts another in its place")
    }

    /// Writes the values first, so that a document never names what is missing.
    ///
    /// - Throws: `TransferError`, or `ExitCode(1)` once it is said why a file cannot be made.
    func write(_ document: WrittenDocument) throws {
        if !document.valueFiles.isEmpty { try makeFolder() }
        for file in document.valueFiles { try write(file.bytes, to: "\(folder)/\(file.name)") }
        try write(Array(document.text.utf8), to: path)
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        try NewFile(path, replacing: overwrites).write { take in try take(bytes) }
    }

    private func makeFolder() throws(TransferError) {
        if unsafe mkdir(folder, 0o700) == 0 { return }
        guard errno == EEXIST else {
            // The text of an error number is a constant of the C library.
            let reason = unsafe String(cString: strerror(errno))
            throw TransferError("the folder \(folder) cannot be made: \(reason)")
        }
        guard overwrites else {
            throw TransferError("\(folder) is there already; --force puts values into it")
        }
    }
}
