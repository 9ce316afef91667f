internal import Cryptography
internal import Threads

/// A sum for each part of the vault that is sealed.
struct RowSums: Equatable, Sendable {
    private(set) var parts = [RowSum](repeating: .zero, count: SealedPart.all.count)

    /// Of all rows: each has its table's name in its hash.
    var total: RowSum { parts.reduce(into: .zero) { $0 += $1 } }

    mutating func add(_ hash: RowSum, to part: Int) { parts[part] += hash }

    /// Adds the sums of rows that another thread has read.
    mutating func add(_ others: RowSums) {
        for (part, sum) in others.parts.enumerated() { parts[part] += sum }
    }

    mutating func remove(_ hash: RowSum, from part: Int) { parts[part] -= hash }

    /// A table that has no rows any more.
    mutating func empty(_ table: Table) {
        guard let part = SealedPart.all.firstIndex(of: .table(table)) else { return }
        parts[part] = .zero
    }

    /// The names of the parts in which another vault, or the same one at another time, differs.
    func differences(from other: RowSums) -> [String] {
        zip(SealedPart.names, zip(parts, other.parts)).filter { $1.0 != $1.1 }.map(\.0)
    }
}

extension RowSums {
    /// Reads the rows of all tables: what the sums should be.
    init(
        of tables: RowTables,
        in connection: Connection,
        _ code: RepeatedHMAC
    ) throws {
        try self.init(taking: Locked(try tables.toRead(connection)[...]), in: connection, code)
    }

    /// Reads the rows of the tables that nobody else takes.
    init(
        taking left: Locked<ArraySlice<RowTable>>,
        in connection: Connection,
        _ code: RepeatedHMAC
    ) throws {
        var text = RowText()
        while let table = left.withLock({ $0.popFirst() }) {
            var sum = RowSum.zero
            try connection.eachRow(of: table.selection) { row in
                text.begin(table)
                for column in 0..<row.count { text.append(column, row[column]) }
                sum += RowSum(code.authenticate(text.bytes))
            }
            add(sum, to: table.part)
        }
    }
}
