/// A row as it is hashed: its table's name, and each column that is sealed with its number, type and
/// length, so that no two rows have the same bytes.
///
/// NULL leaves no trace, so a column that a later version adds to a table changes no row's bytes.
struct RowText: Equatable {
    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(1_024)
    }

    mutating func begin(_ table: RowTable) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: table.prefix)
    }

    mutating func append(_ column: Int32, _ value: ColumnValue) {
        switch value {
        case .null: return
        case .integer(let number):
            begin(column, type: 1, UInt64(bitPattern: number))
        case .real(let number):
            begin(column, type: 2, number.bitPattern)
        case .text(let text): append(column, type: 3, text)
        case .blob(let blob): append(column, type: 4, blob)
        }
    }

    private mutating func append(_ column: Int32, type: UInt8, _ content: UnsafeRawBufferPointer) {
        begin(column, type: type, UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    private mutating func begin(_ column: Int32, type: UInt8, _ word: UInt64) {
        bytes.append(UInt8(truncatingIfNeeded: column))
        bytes.append(type)
        bytes.appendWord(word)
    }
}

/// A table whose rows are hashed.
struct RowTable {
    let name: String
    /// The number of the part whose sum they are in.
    let part: Int
    /// A bit for each column that is left out, by its place in the table.
    let leftOut: UInt64
    /// Reads all rows, with NULL for what is left out.
    let selection: String
    /// What the bytes of each row begin with.
    let prefix: [UInt8]

    init(_ name: String, part: Int, selection: String = "*", leftOut: UInt64 = 0) {
        self.name = name
        self.part = part
        self.leftOut = leftOut
        self.selection = "SELECT \(selection) FROM \(name)"
        prefix = [RowSeal.Purpose.row.rawValue] + Array(name.utf8) + [0]
    }

    func isSealed(_ column: Int32) -> Bool {
        leftOut & (1 << UInt64(column)) == 0
    }
}
