import Foundation

/// The lines that a transcript shows, with placeholders for what is different in every run.
///
/// `<PORT>`, `<NUMBER>`, `<TIME>`, `<UUID>`, `<HASH>` and `<ARN>` stand for one of these, `<...>`
/// for what a line has there, and a line `...` for any number of lines.
struct Pattern {
    let lines: [String]

    private static let placeholders = [
        "<PORT>": "[1-9][0-9]*",
        "<NUMBER>": "[0-9]+",
        "<TIME>": #"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z"#,
        "<UUID>": "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "<HASH>": "[0-9a-f]{64}",
        "<ARN>": "arn:[^ ]+",
        "<...>": ".*",
    ]

    /// What the placeholders stood for, by their names; nil when the lines are others.
    func match(_ printed: [String]) -> [String: String]? {
        Pattern.match(lines[...], printed[...])
    }

    private static func match(
        _ lines: ArraySlice<String>,
        _ printed: ArraySlice<String>
    ) -> [String: String]? {
        guard let line = lines.first else { return printed.isEmpty ? [:] : nil }
        if line == "..." {
            for place in printed.startIndex...printed.endIndex {
                if let found = match(lines.dropFirst(), printed[place...]) { return found }
            }
            return nil
        }
        guard let first = printed.first, let found = match(line, first),
            let rest = match(lines.dropFirst(), printed.dropFirst())
        else { return nil }
        return found.merging(rest) { $1 }
    }

    private static func match(_ line: String, _ printed: String) -> [String: String]? {
        // Most lines have no placeholder, and an expression is slow to make.
        if line == printed || !placeholders.keys.contains(where: line.contains) {
            return line == printed ? [:] : nil
        }
        var expression = ""
        var names: [String] = []
        var rest = line[...]
        while let first = rest.first {
            if let name = placeholders.keys.first(where: rest.hasPrefix) {
                expression += "(\(placeholders[name] ?? ""))"
                names.append(name)
                rest = rest.dropFirst(name.count)
            } else {
                expression += NSRegularExpression.escapedPattern(for: String(first))
                rest = rest.dropFirst()
            }
        }
        guard let match = try? Regex(expression).wholeMatch(in: printed) else { return nil }
        let values = names.indices.map { String(match.output[$0 + 1].substring ?? "") }
        return Dictionary(zip(names, values)) { $1 }
    }
}
