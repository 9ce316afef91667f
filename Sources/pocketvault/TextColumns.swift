/// Rows as a person reads them: columns below each other, without an end of spaces.
enum TextColumns {
    /// What a terminal has at least.
    private static let terminalWidth = 80

    /// - Parameter rows: with their columns, in order of what is needed most.
    /// - Returns: the rows with as much of the last column as fits a terminal.
    static func fitted(_ rows: [[String]]) -> [[String]] {
        let last = (rows.map(\.count).max() ?? 1) - 1
        let before = (0..<last).map { column in
            (rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0) + 2
        }
        let room = max(20, terminalWidth - before.reduce(0, +))
        return rows.map { row in
            guard row.count > last, row[last].count > room else { return row }
            return row.dropLast() + ["\(row[last].prefix(room - 1))…"]
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
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
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
