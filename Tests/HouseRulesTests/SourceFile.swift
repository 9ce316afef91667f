/// A Swift file of the project, and its code without comments and the text of strings.
struct SourceFile: Sendable {
    /// From the top of the project, as in `Sources/JSON/JSONValue.swift`.
    let path: String
    let lines: [String]
    /// The same lines with comments and the text of strings taken out.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = SourceFile.lines(of: text)
        code = SourceFile.lines(of: CodeReader.code(of: text))
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The path without `.swift` and the folders.
    var name: String {
        String((path.split(separator: "/").last ?? "").dropLast(".swift".count))
    }

    /// `Sources/JSON/…` is of the target JSON; nil outside Sources.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// The number of lines that the file has, without an empty rest after the last line feed.
    var length: Int { lines.last == "" ? lines.count - 1 : lines.count }
}

extension String {
    /// The identifiers and keywords of a line, in their order.
    var words: [String] {
        split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { String($0) }
    }
}
