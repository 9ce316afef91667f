internal import Glibc
internal import System

/// The files that a scan looks at: those that are named, and those in folders that are named.
struct ScannedFiles {
    /// Their paths, by the numbers of the sources.
    private(set) var paths: [String] = []
    /// What could not be read, with the reason.
    private(set) var failures: [String] = []

    /// What stands for standard input.
    static let standardInput = "-"

    /// Reads everything.
    mutating func scan(_ roots: [String], with scanner: ValueScanner) throws {
        for root in roots {
            if root == ScannedFiles.standardInput {
                try read(STDIN_FILENO, "standard input", scanner)
            } else {
                try scan(root, scanner, isNamed: true)
            }
        }
    }

    /// A link is followed when it was named, and not when it was met: folders may link in circles.
    private mutating func scan(
        _ path: String,
        _ scanner: ValueScanner,
        isNamed: Bool
    ) throws {
        var status = stat()
        // Both write the one structure that they are given.
        let isThere = unsafe (isNamed ? stat(path, &status) : lstat(path, &status)) == 0
        guard isThere else { return failures.append("\(path): \(ScannedFiles.latestError)") }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: try scanFolder(path, scanner)
        case S_IFREG:
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                return failures.append("\(path): \(ScannedFiles.latestError)")
            }
            defer { close(descriptor) }
            try read(descriptor, path, scanner)
        default: break
        }
    }

    private mutating func scanFolder(_ path: String, _ scanner: ValueScanner) throws {
        guard let names = Files.names(in: path) else {
            return failures.append("\(path): \(ScannedFiles.latestError)")
        }
        // Git's own files are compressed: --scan-git looks into them. A vault's are sealed.
        for name in names.sorted() where name != ".git" && name != ".pocketvault" {
            try scan(path == "." ? name : "\(path)/\(name)", scanner, isNamed: false)
        }
    }

    private mutating func read(
        _ descriptor: Int32,
        _ path: String,
        _ scanner: ValueScanner
    ) throws {
        let source = paths.count
        paths.append(path)
        var piece: [UInt8] = []
        var line = 0
        var isAtEnd = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isAtEnd {
            while piece.count < ValueScanner.pieceBytes, !isAtEnd {
                // Writes no more than the buffer holds.
                let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                    unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                }
                if count < 0, errno == EINTR { continue }
                if count < 0 { failures.append("\(path): \(ScannedFiles.latestError)") }
                isAtEnd = count <= 0
                if count > 0 { piece += buffer[..<count] }
            }
            try scanner.add(ValueScanner.Piece(source: source, bytes: piece, line: line))
            let done = max(0, piece.count - scanner.overlap)
            line += ValueScanner.lineEnds(in: piece.prefix(done))
            piece.removeFirst(done)
        }
    }

    private static var latestError: String {
        // The text of an error number is a constant of the C library.
        unsafe String(cString: strerror(errno))
    }
}
