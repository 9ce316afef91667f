/// The names of the types that stand at the top of files.
enum TypeNames {
    /// The names that types of two targets have, each with the files that they are in: a reader who
    /// meets one of them cannot tell which it is, and a compiler that sees both will not.
    static func shared(among files: [SourceFile]) -> [String] {
        var paths: [String: [String]] = [:]
        var targets: [String: Set<String>] = [:]
        for file in files {
            guard let target = file.target else { continue }
            for name in declared(in: file) {
                paths[name, default: []].append(file.path)
                targets[name, default: []].insert(target)
            }
        }
        return targets.filter { $0.value.count > 1 }.keys.sorted().map { name in
            "\(name): \((paths[name] ?? []).sorted().joined(separator: ", "))"
        }
    }

    /// Those that other files can see; what is private is nobody else's concern.
    private static func declared(in file: SourceFile) -> [String] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
        return file.code.compactMap { line in
            guard line.first?.isWhitespace == false else { return nil }
            let words = line.words
            guard let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count,
                !words[..<kind].contains(where: ["private", "fileprivate", "import"].contains)
            else { return nil }
            return words[kind + 1]
        }
    }
}
