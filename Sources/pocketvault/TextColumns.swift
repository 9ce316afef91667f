/// Rows as a person reads them: columns below each other, without an end of spaces.
enum TextColumns {
    /// What a terminal has at least.
    private static let terminalWidth = 80

    /// - Parameter rows: with their columns, in order of what is needed most.
    /// - Returns: the rows with as much of the last column as fits a terminal.
    static func fitted(_ rows: [[String]]) -> [[String]] {
        let before = widths(rows).dropLast()
        let room = max(20, terminalWidth - before.reduce(0) { $0 + $1 + 2 })
        return rows.map { row in
            guard row.count > before.count, let last = row.last else { return row }
            return row.dropLast() + [cut(last, room)]
        }
    }

    /// As much of a text as has room.
    static func cut(_ text: String, _ width: Int) -> String {
        text.count > width ? "\(text.prefix(width - 1))…" : text
    }

    private static func widths(_ rows: [[String]]) -> [Int] {
        (0..<(rows.map(\.count).max() ?? 0)).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
    }

    /// - Parameters:
    ///   - rows: with their columns.
    ///   - right: the columns whose text stands at their right end, as numbers do.
    ///   - paint: gives the text of a column, spaces and all, its colour.
    /// - Returns: a line for each row.
    static func lines(
        _ rows: [[String]],
        right: Set<Int> = [],
        paint: (_ column: Int, _ text: String) -> String = { $1 }
    ) -> [String] {
        let widths = widths(rows)
        return rows.map { row in
            let cells = row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return right.contains(column) ? space + text : text + space
            }
            let seen = cells.reversed().drop { cell in cell.allSatisfy { $0 == " " } }.reversed()
            return seen.enumerated().map { column, cell in
                let isLast = column == seen.count - 1
                let end = isLast ? cell.reversed().drop { $0 == " " }.count : cell.count
                return paint(column, String(cell.prefix(end)))
            }.joined(separator: "  ")
        }
    }
}
