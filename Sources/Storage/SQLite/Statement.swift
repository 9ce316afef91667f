internal import CSQLite

/// A prepared statement on loan from its connection.
///
/// When the loan ends the statement is reset and its bindings are cleared, so that no read
/// transaction stays open by accident and no value outlives its use. It must not outlive the
/// connection, and a statement is lent once at a time.
struct Statement<Columns: RowColumns>: ~Copyable {
    private let pointer: OpaquePointer
    /// Where its connection notes that a statement failed.
    private let failed: UnsafeMutablePointer<Bool>

    init(_ pointer: OpaquePointer, _ failed: UnsafeMutablePointer<Bool>) {
        self.failed = failed
        assert(sqlite3_stmt_busy(pointer) == 0, "the statement is in use already")
        self.pointer = pointer
    }

    deinit {
        // The error of a failed step is repeated here; whoever stepped has had it.
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    // MARK: Binding by number; parameters count from 1

    func bind(_ index: Int32, _ value: Int64?) throws(SQLiteError) {
        guard let value else { return }
        try check(sqlite3_bind_int64(pointer, index, value))
    }

    func bind(_ index: Int32, _ value: Bool) throws(SQLiteError) {
        try bind(index, value ? 1 : 0)
    }

    /// SQLite copies the text: Swift lends its bytes for one call only.
    func bind(_ index: Int32, _ text: String?) throws(SQLiteError) {
        guard var text else { return }
        guard !text.isEmpty else {
            // An empty string may have no address, and SQLite takes that for NULL.
            return try check(sqlite3_bind_text(pointer, index, "", 0, pocketvault_transient()))
        }
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                sqlite3_bind_text(
                    pointer,
                    index,
                    bytes.baseAddress,
                    Int32(bytes.count),
                    pocketvault_transient()
                )
            }
        }
        try check(status)
    }

    func bind(_ index: Int32, blob: [UInt8]?) throws(SQLiteError) {
        guard let blob else { return }
        guard !blob.isEmpty else { return try check(sqlite3_bind_zeroblob(pointer, index, 0)) }
        try check(
            sqlite3_bind_blob(pointer, index, blob, Int32(blob.count), pocketvault_transient())
        )
    }

    // MARK: Binding by name

    func bind(_ column: Columns, _ value: Int64?) throws(SQLiteError) {
        try bind(column.place + 1, value)
    }

    func bind(_ column: Columns, _ value: Bool) throws(SQLiteError) {
        try bind(column.place + 1, value)
    }

    func bind(_ column: Columns, _ text: String?) throws(SQLiteError) {
        try bind(column.place + 1, text)
    }

    func bind(_ column: Columns, blob: [UInt8]?) throws(SQLiteError) {
        try bind(column.place + 1, blob: blob)
    }

    // MARK: Running

    /// Whether there is a further row.
    func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure
        }
    }

    /// Runs a statement whose rows, if it has any, do not matter.
    func run() throws(SQLiteError) {
        while try step() {}
    }

    // MARK: The present row, by name

    func isNull(_ column: Columns) -> Bool {
        sqlite3_column_type(pointer, column.place) == SQLITE_NULL
    }

    func bool(_ column: Columns) -> Bool {
        integer(column) != 0
    }

    func integer(_ column: Columns) -> Int64 {
        integer(at: column.place)
    }

    func optionalInteger(_ column: Columns) -> Int64? {
        isNull(column) ? nil : integer(column)
    }

    func text(_ column: Columns) -> String {
        guard let start = sqlite3_column_text(pointer, column.place) else { return "" }
        let count = Int(sqlite3_column_bytes(pointer, column.place))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Columns) -> String? {
        isNull(column) ? nil : text(column)
    }

    func blob(_ column: Columns) -> [UInt8] {
        let start = sqlite3_column_blob(pointer, column.place)
        let count = Int(sqlite3_column_bytes(pointer, column.place))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A column of a row that has no names; they count from 0.
    func integer(at index: Int32) -> Int64 {
        sqlite3_column_int64(pointer, index)
    }

    // MARK: Errors

    private func check(_ status: Int32) throws(SQLiteError) {
        guard status == SQLITE_OK else { throw failure }
    }

    private var failure: SQLiteError {
        failed.pointee = true
        return SQLiteError(
            of: sqlite3_db_handle(pointer),
            sql: sqlite3_sql(pointer).map { String(cString: $0) }
        )
    }
}

/// The columns of a statement whose rows have no names.
enum NoColumns: Int, RowColumns {
    case only
}
