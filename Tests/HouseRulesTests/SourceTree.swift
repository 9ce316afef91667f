import FoundationEssentials

/// The files of the project, found from the path of this one.
enum SourceTree {
    /// The folder that holds Package.swift.
    static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }()

    /// Every Swift file under Sources and Tests.
    static let files: [SourceFile] =
        (paths(under: "Sources") + paths(under: "Tests")).map { path in
            SourceFile(path: path, text: text(at: path) ?? "")
        }

    /// The text of a file; nil when there is none.
    static func text(at path: String) -> String? {
        FileManager.default.contents(atPath: "\(root)/\(path)").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private static func paths(under folder: String) -> [String] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
        return names.sorted().flatMap { name in
            name.hasSuffix(".swift") ? ["\(folder)/\(name)"] : paths(under: "\(folder)/\(name)")
        }
    }
}
