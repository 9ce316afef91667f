/// Where the statements of a policy stand in its text, as IAM's simulator tells it.
package struct StatementPlaces: Sendable, Equatable {
    /// A place between two characters, which count from 1, as do lines.
    package struct Place: Sendable, Equatable {
        package let line: Int
        package let column: Int
    }

    /// Behind the brace that opens each statement, and behind the one that closes it.
    package private(set) var statements: [(start: Place, end: Place)] = []

    /// Looks through a text that the parser has read.
    package init(in text: String) {
        var scanner = Scanner()
        for character in text.utf16 { scanner.read(character) }
        statements = scanner.statements
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.statements.elementsEqual(right.statements, by: ==)
    }
}

/// Follows braces and strings; the one list in a policy whose elements are objects, or the one member
/// that is an object itself, is `Statement`.
private struct Scanner {
    private(set) var statements: [(start: StatementPlaces.Place, end: StatementPlaces.Place)] = []
    private var line = 1
    private var column = 1
    private var isInString = false
    private var isEscaped = false
    /// How many braces are open; brackets do not count.
    private var depth = 0
    private var start: StatementPlaces.Place?

    private var here: StatementPlaces.Place { .init(line: line, column: column) }

    mutating func read(_ character: UInt16) {
        column += 1
        if character == 10 {
            line += 1
            column = 1
        }
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if character == 0x5C {
                isEscaped = true
            } else if character == 0x22 {
                isInString = false
            }
            return
        }
        switch character {
        case 0x22: isInString = true
        case 0x7B:
            depth += 1
            if depth == 2 { start = here }
        case 0x7D:
            if depth == 2, let start { statements.append((start, here)) }
            depth -= 1
        default: break
        }
    }
}
