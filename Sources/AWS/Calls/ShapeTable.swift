/// Shapes by their names, written down as a table of text: a line for each structure, its name and
/// then its members, as in `Tag key=s value=s`.
///
/// After the equals sign stand `s` for a string, `i` for an integer, `d` for any number, `b` for a
/// truth value, `[…]` for a list, `{…}` for a map, or the name of a structure; a `!` after that keeps
/// the member out of records.
package struct ShapeTable: Sendable {
    private let lines: [Substring: [Substring]]

    init(_ text: String) {
        var lines: [Substring: [Substring]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if let name = words.first { lines[name] = Array(words.dropFirst()) }
        }
        self.lines = lines
    }

    /// The structure of a name.
    func structure(_ name: String) -> Shape { shape(Substring(name)) }

    private func shape(_ text: Substring) -> Shape {
        switch text {
        case "s": return .string
        case "i": return .integer
        case "d": return .number
        case "b": return .boolean
        default: break
        }
        let inner = text.dropFirst().dropLast()
        if text.hasPrefix("[") { return .list(shape(inner)) }
        if text.hasPrefix("{") { return .map(shape(inner)) }
        return .structure((lines[text] ?? []).map(member))
    }

    private func member(_ text: Substring) -> Shape.Member {
        let name = text.prefix { $0 != "=" }
        let shape = text.dropFirst(name.count + 1)
        let isWithheld = shape.hasSuffix("!")
        return Shape.Member(
            name: String(name),
            shape: self.shape(isWithheld ? shape.dropLast() : shape),
            isWithheld: isWithheld
        )
    }
}
