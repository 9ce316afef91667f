/// The order of the folders in a module: a folder uses types of those below it only.
struct FolderOrder {
    /// The folder that they stand in, as in `Sources/AWS/`.
    let folder: String
    /// From the bottom up; folders of one step do not use each other.
    let steps: [[String]]
    private let files: [SourceFile]

    init(of folder: String, _ steps: [[String]], in files: [SourceFile]) {
        self.folder = folder
        self.steps = steps
        self.files = files.filter { $0.path.hasPrefix(folder) }
    }

    /// The folders that there are.
    var folders: Set<String> { Set(files.compactMap(inner)) }

    /// Where a folder uses a type of one that is not below it: file, line, type and the type's folder.
    var breaches: [String] {
        let owners = owners
        return files.flatMap { file in
            guard let own = inner(file) else { return [String]() }
            return file.code.enumerated().flatMap { index, line in
                Set(line.words).compactMap { word in
                    guard let owner = owners[word], owner != own, !isBelow(owner, own) else {
                        return nil
                    }
                    return "\(file.path):\(index + 1): \(word) is of \(owner)"
                }
            }
        }
    }

    private func isBelow(_ lower: String, _ upper: String) -> Bool {
        guard let low = steps.firstIndex(where: { $0.contains(lower) }),
            let high = steps.firstIndex(where: { $0.contains(upper) })
        else { return false }
        return low < high
    }

    /// The folder of each type that stands at the top of a file.
    private var owners: [String: String] {
        var owners: [String: String] = [:]
        for file in files {
            guard let own = inner(file) else { continue }
            for line in file.code {
                if let type = FolderOrder.declaredType(in: line) { owners[type] = own }
            }
        }
        return owners
    }

    /// The type that a line declares for the whole module; nil on other lines.
    static func declaredType(in line: String) -> String? {
        guard line.first?.isWhitespace == false, !line.hasPrefix("private") else { return nil }
        let words = line.words
        let keywords: Set<String> = ["struct", "class", "enum", "protocol", "typealias"]
        guard let place = words.firstIndex(where: keywords.contains), place + 1 < words.count,
            words[..<place].allSatisfy({
                ["package", "final", "indirect", "fileprivate"].contains($0)
            })
        else { return nil }
        return words[place + 1]
    }

    /// The folder under the module's; nil for a file that stands beside them.
    private func inner(_ file: SourceFile) -> String? {
        let rest = file.path.dropFirst(folder.count).split(separator: "/")
        return rest.count > 1 ? String(rest[0]) : nil
    }
}
