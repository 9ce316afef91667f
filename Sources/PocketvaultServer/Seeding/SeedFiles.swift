internal import AWS
internal import Glibc
internal import Notation
internal import System

/// Where the seed documents of a server come from: the demo's own, files and folders, standard input,
/// and a variable.
///
/// Files are read each time that they are asked for; standard input once, for it is gone then.
struct SeedFiles: Sendable {
    private let configuration: Configuration
    private let standardInput: [UInt8]

    init(of configuration: Configuration) throws(SeedError) {
        self.configuration = configuration
        standardInput =
            configuration.seeds.contains(SeedFile.standardInput)
            ? try SeedFile.read(SeedFile.standardInput) : []
    }

    /// All documents together, as they are now.
    ///
    /// - Throws: what is wrong with the first bad one.
    func plan() throws(SeedError) -> SeedPlan {
        var documents: [SeedDocument] = []
        if configuration.isDemo {
            let name = ConsoleAssets.demoSeed
            documents.append(try document(ConsoleAssets.files[name] ?? [], name))
        }
        for path in configuration.seeds {
            for name in SeedFile.paths(at: path) {
                let bytes =
                    name == SeedFile.standardInput ? standardInput : try SeedFile.read(name)
                documents.append(try document(bytes, SeedFile.shownName(of: name)))
            }
        }
        if let text = configuration.seedJSON {
            documents.append(try document(Array(text.utf8), "POCKETVAULT_SEED_JSON"))
        }
        return try SeedPlan(documents)
    }

    private func document(_ bytes: [UInt8], _ file: String) throws(SeedError) -> SeedDocument {
        try SeedDocument(bytes, file: file, defaultScope: configuration.scope)
    }
}

/// Where the seeds of a vault come from.
enum SeedOrigin: Sendable {
    case files(SeedFiles)
    /// They were read already.
    case plan(SeedPlan)

    /// The seeds as they are now.
    func plan() throws(SeedError) -> SeedPlan {
        switch self {
        case .files(let files): try files.plan()
        case .plan(let plan): plan
        }
    }
}

/// A file that holds a seed document, or something that can be made one.
package struct SeedFile: Sendable {
    /// As errors name it.
    package let name: String
    package let bytes: [UInt8]

    /// - Parameters:
    ///   - name: as errors name it.
    ///   - bytes: all that is in it.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The path that stands for standard input.
    package static let standardInput = "-"

    /// The files that paths lead to, read.
    ///
    /// - Parameter paths: files, folders whose `.json` files are taken in the order of their names,
    ///   and `-` for standard input.
    /// - Returns: the files in the order of the paths.
    /// - Throws: which one cannot be read.
    package static func all(at paths: [String]) throws(SeedError) -> [SeedFile] {
        var files: [SeedFile] = []
        for path in paths.flatMap(paths(at:)) {
            files.append(SeedFile(name: shownName(of: path), bytes: try read(path)))
        }
        return files
    }

    static func shownName(of path: String) -> String {
        path == standardInput ? "standard input" : path
    }

    static func paths(at path: String) -> [String] {
        guard let names = Files.names(in: path) else {
            return [path]
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        return names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { prefix + $0 }
    }

    static func read(_ path: String) throws(SeedError) -> [UInt8] {
        if path == standardInput { return try readStandardInput() }
        guard Files.exists(path) else {
            throw error(path, "there is no such file; name a seed document, or a folder of them")
        }
        guard let bytes = Files.contents(of: path) else {
            throw error(path, "cannot be read; check its permissions")
        }
        return bytes
    }

    /// All of it, until its end.
    private static func readStandardInput() throws(SeedError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            // Writes no more than the buffer holds.
            let count = unsafe piece.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            }
            if count > 0 {
                bytes += piece[..<count]
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw error(standardInput, "cannot be read")
            }
        }
    }

    private static func error(_ path: String, _ message: String) -> SeedError {
        SeedError(file: shownName(of: path), line: nil, member: nil, message: message)
    }
}
