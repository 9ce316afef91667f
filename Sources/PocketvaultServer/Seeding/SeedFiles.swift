internal import AWS
internal import FoundationEssentials
internal import Notation

/// The seed documents that paths lead to.
enum SeedFiles {
    /// The documents that a vault begins with: the demo's own where it is one, and those of paths.
    static func read(for configuration: Configuration) throws(SeedError) -> [SeedDocument] {
        let given = try read(configuration.seeds, defaultScope: configuration.scope)
        guard configuration.isDemo else { return given }
        let file = ConsoleAssets.demoSeed
        let bytes = ConsoleAssets.files[file] ?? []
        return [try SeedDocument(bytes, file: file, defaultScope: configuration.scope)] + given
    }

    /// - Parameters:
    ///   - paths: files, and directories whose `.json` files are taken in the order of their names.
    ///   - defaultScope: account and region of documents that name none.
    /// - Returns: the documents in the order of the paths.
    /// - Throws: what is wrong with the first bad one.
    static func read(
        _ paths: [String],
        defaultScope: Scope
    ) throws(SeedError) -> [SeedDocument] {
        var documents: [SeedDocument] = []
        for path in paths {
            for file in files(at: path) {
                let bytes = try contents(of: file)
                documents.append(
                    try SeedDocument(bytes, file: file, defaultScope: defaultScope)
                )
            }
        }
        return documents
    }

    private static func files(at path: String) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return [path]
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        return names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { prefix + $0 }
    }

    private static func contents(of file: String) throws(SeedError) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: file) else {
            throw SeedError(
                file: file,
                line: nil,
                member: nil,
                message: "there is no such file; give --seed the path of a seed document"
            )
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw SeedError(
                file: file,
                line: nil,
                member: nil,
                message: "cannot be read; check its permissions"
            )
        }
        return [UInt8](data)
    }
}
