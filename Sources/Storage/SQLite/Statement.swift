internal import CSQLite

/// A prepared statement on loan from its connection.
///
/// When the loan ends the statement is reset and its bindings are cleared, so that no read
/// transaction stays open by accident and no value outlives its use. It must not outlive the
/// connection, and a query is lent once at a time.
struct Statement: ~Copyable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        assert(sqlite3_stmt_busy(pointer) == 0, "the query is in use already")
        self.pointer = pointer
    }

    deinit {
        // The error of a failed step is repeated here; whoever stepped has had it.
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    // MARK: Binding; parameters count from 1

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

    /// Binds a text unless it is the one that is bound.
    func rebind(_ index: Int32, _ text: String?, _ bound: String?) throws(SQLiteError) {
        guard text != bound else { return }
        guard let text else { return try check(sqlite3_bind_null(pointer, index)) }
        try bind(index, text)
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

    /// Makes a statement that ran ready to run again, with the bindings that it has or without.
    func rewind(keepingBindings: Bool) {
        sqlite3_reset(pointer)
        if !keepingBindings { sqlite3_clear_bindings(pointer) }
    }

    // MARK: Columns of the present row; they count from 0

    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(pointer, column) == SQLITE_NULL
    }

    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(pointer, column)
    }

    func optionalInteger(_ column: Int32) -> Int64? {
        isNull(column) ? nil : integer(column)
    }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(pointer, column) else { return "" }
        let count = Int(sqlite3_column_bytes(pointer, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Int32) -> String? {
        isNull(column) ? nil : text(column)
    }

    /// Lends the bytes of a blob where SQLite keeps them.
    func withBlob<Result>(
        _ column: Int32,
        _ body: (Span<UInt8>) throws -> Result
    ) rethrows -> Result {
        let start = sqlite3_column_blob(pointer, column)
        let count = Int(sqlite3_column_bytes(pointer, column))
        return try UnsafeRawBufferPointer(start: start, count: count)
            .withMemoryRebound(to: UInt8.self) { try body($0.span) }
    }

    func blob(_ column: Int32) -> [UInt8] {
        withBlob(column) { bytes in bytes.withUnsafeBufferPointer { Array($0) } }
    }

    // MARK: Errors

    private func check(_ status: Int32) throws(SQLiteError) {
        guard status == SQLITE_OK else { throw failure }
    }

    private var failure: SQLiteError {
        SQLiteError(
            of: sqlite3_db_handle(pointer),
            sql: sqlite3_sql(pointer).map { String(cString: $0) }
        )
    }
}
