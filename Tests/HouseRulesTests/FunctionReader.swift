/// Finds functions by their braces.
struct FunctionReader {
    /// A function, an initialiser, a subscript or a computed property with a body.
    struct Function: Sendable {
        let name: String
        /// Of its first line, from 1.
        let line: Int
        let length: Int
    }

    /// The functions of a file that have a body.
    static func functions(of file: SourceFile) -> [Function] {
        file.code.indices.compactMap { index in
            name(in: file.code[index]).flatMap { name in
                length(of: file.code[index...]).map {
                    Function(name: name, line: index + 1, length: $0)
                }
            }
        }
    }

    /// The name of the function that a line begins; nil for other lines.
    private static func name(in line: String) -> String? {
        let words = line.words
        if let place = words.firstIndex(of: "func") {
            return place + 1 < words.count ? words[place + 1] : "an operator"
        }
        for keyword in ["init", "deinit", "subscript"] where words.contains(keyword) {
            let head = words.prefix { $0 != keyword }
            if head.allSatisfy(modifiers.contains), !line.contains(".\(keyword)") { return keyword }
        }
        return nil
    }

    private static let modifiers: Set<String> = [
        "package", "private", "fileprivate", "internal", "required", "convenience", "override",
        "static", "nonisolated", "unsafe", "borrowing", "consuming", "mutating", "inline",
        "__always",
    ]

    /// The lines up to the brace that closes the first one; nil when there is none to close, as in a
    /// protocol.
    private static func length(of lines: ArraySlice<String>) -> Int? {
        var depth = 0
        var parentheses = 0
        for (index, line) in zip(lines.indices, lines) {
            for character in line {
                switch character {
                case "(": parentheses += 1
                case ")": parentheses -= 1
                case "{": depth += 1
                case "}":
                    depth -= 1
                    // A brace of the surroundings: the function had no body.
                    if depth < 0 { return nil }
                    if depth == 0, parentheses == 0 { return index - lines.startIndex + 1 }
                default: break
                }
            }
            // A declaration that ends without a body is a requirement of a protocol.
            if depth == 0, parentheses == 0, isComplete(lines, index) { return nil }
        }
        return nil
    }

    /// Whether the next line begins something else: a blank line, or the end of the surroundings.
    private static func isComplete(_ lines: ArraySlice<String>, _ index: Int) -> Bool {
        guard index + 1 < lines.endIndex else { return true }
        let next = lines[index + 1].drop { $0 == " " }
        let continues = ["{", "->", "throws", "async", "where", ")"]
        return !continues.contains { next.hasPrefix($0) }
            && !(lines[index].hasSuffix(",") || lines[index].hasSuffix("->"))
    }
}
