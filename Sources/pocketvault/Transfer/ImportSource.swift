internal import Client

/// The file that is imported, or standard input.
struct ImportSource {
    /// As it was typed.
    private let argument: String

    init(_ argument: String) {
        self.argument = argument
    }

    /// What the file is called; nil for standard input.
    var path: String? { argument == "-" ? nil : argument }

    /// What messages call it.
    var name: String { path ?? "standard input" }

    /// All that is in it.
    func bytes() throws(ClientError) -> [UInt8] {
        guard let path else {
            return try StandardInput.bytes(atMost: ImportSource.greatestByteCount)
        }
        return try WholeInput.file(at: path, atMost: ImportSource.greatestByteCount)
    }

    /// The bytes of a file that this one names, seen from where it is; nil when there is none.
    func bytes(ofFileNamed name: String) -> [UInt8]? {
        let folder = path.flatMap { path in
            path.lastIndex(of: "/").map { String(path[...$0]) }
        }
        let place = name.hasPrefix("/") ? name : (folder ?? "") + name
        return try? WholeInput.file(at: place, atMost: ImportSource.greatestByteCount)
    }

    /// More than 1,000 of the longest secrets.
    private static let greatestByteCount = 256 << 20
}
