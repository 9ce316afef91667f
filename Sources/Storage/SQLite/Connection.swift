internal import CSQLite

/// One connection to the database, with its prepared statements.
///
/// Opened with NOMUTEX: one thread at a time, which `Readers` and `Writer` see to.
final class Connection {
    /// What a connection is for.
    enum Purpose {
        /// May make the file.
        case writing
        case reading
    }

    private let handle: OpaquePointer
    /// By table, and by the number of the statement there; none for a table that nobody asked for.
    private var prepared = [[OpaquePointer?]](repeating: [], count: Table.allCases.count)
    /// By their text: those about an account as a whole.
    private var kept: [String: OpaquePointer] = [:]
    private var controls = [OpaquePointer?](
        repeating: nil,
        count: TransactionControl.allCases.count
    )
    /// Whether a statement failed, until somebody takes note: what it told of was not done.
    private let failure = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    /// Who is told of each row that changes.
    private var watch: RowWatch?

    /// Counting memory takes a lock that all connections of the process share.
    ///
    /// It must be turned off before SQLite is first used; where that is too late nothing changes.
    private static let isWithoutMemoryStatistics =
        pocketvault_without_memory_statistics() == SQLITE_OK

    /// Opens the file without reading it.
    init(path: String, for purpose: Purpose) throws(SQLiteError) {
        _ = Connection.isWithoutMemoryStatistics
        let access = SQLITE_OPEN_READWRITE | (purpose == .writing ? SQLITE_OPEN_CREATE : 0)
        var handle: OpaquePointer?
        let status = sqlite3_open_v2(
            path,
            &handle,
            access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
            nil
        )
        guard status == SQLITE_OK, let handle else {
            let error = SQLiteError(of: handle)
            sqlite3_close_v2(handle)
            failure.deallocate()
            throw error
        }
        self.handle = handle
        failure.initialize(to: false)
        // Before any pragma: two connections that start together would refuse each other.
        sqlite3_busy_timeout(handle, 5_000)
    }

    deinit {
        for statement in prepared.joined() {
            sqlite3_finalize(statement)
        }
        for statement in controls {
            sqlite3_finalize(statement)
        }
        for statement in kept.values {
            sqlite3_finalize(statement)
        }
        sqlite3_close_v2(handle)
        failure.deallocate()
    }

    /// One for reading, ready for it.
    static func reading(_ path: String) throws(SQLiteError) -> Connection {
        let connection = try Connection(path: path, for: .reading)
        try connection.configure(for: .reading)
        return connection
    }

    /// From now on pages are read where the file is mapped: faster, but an error of the disk then ends the
    /// process.
    func mapFile() throws(SQLiteError) {
        try execute("PRAGMA mmap_size = 268435456")
    }

    /// Settings that live as long as the connection, and the WAL, which stays with the file.
    func configure(for purpose: Purpose) throws(SQLiteError) {
        try execute("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF")
        switch purpose {
        case .reading:
            try execute("PRAGMA query_only = ON")
        case .writing:
            // Not mapped: the audit trail grows there, and all of it would count as this process's.
            try execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            try execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON")
            // After a burst the WAL shrinks again.
            try execute("PRAGMA journal_size_limit = 16777216")
        }
    }

    /// Runs one or several statements without parameters and ignores their rows.
    func execute(_ sql: String) throws(SQLiteError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw SQLiteError(of: handle, sql: sql)
        }
    }

    /// Lends a prepared statement, made on first need.
    func statement<List: StatementList>(
        _ statement: List
    ) throws(SQLiteError) -> Statement<List.Columns> {
        let table = List.table.rawValue
        if prepared[table].isEmpty {
            prepared[table] = Array(repeating: nil, count: List.allCases.count)
        }
        if let pointer = prepared[table][statement.rawValue] { return Statement(pointer, failure) }
        let pointer = try prepare(statement.sql, persistent: true)
        prepared[table][statement.rawValue] = pointer
        return Statement(pointer, failure)
    }

    /// Begins or ends a transaction.
    func run(_ control: TransactionControl) throws(SQLiteError) {
        let pointer: OpaquePointer
        if let known = controls[control.rawValue] {
            pointer = known
        } else {
            pointer = try prepare(control.sql, persistent: true)
            controls[control.rawValue] = pointer
        }
        try Statement<NoColumns>(pointer, failure).run()
    }

    /// Runs a statement that is not worth keeping, with a text for its first parameter.
    func run(once sql: String, _ text: String?) throws(SQLiteError) {
        let pointer = try prepare(sql, persistent: false)
        defer { sqlite3_finalize(pointer) }
        do {
            // In a scope of its own: the loan must end before the statement does.
            let statement = Statement<NoColumns>(pointer, failure)
            try statement.bind(1, text)
            try statement.run()
        }
    }

    /// Lends a statement that is in no table's list, made on first need.
    func statement(keeping sql: String) throws(SQLiteError) -> Statement<NoColumns> {
        if let pointer = kept[sql] { return Statement(pointer, failure) }
        let pointer = try prepare(sql, persistent: true)
        kept[sql] = pointer
        return Statement(pointer, failure)
    }

    /// The names of a table's columns in their order; none when there is no such table.
    func columns(of table: String) throws(SQLiteError) -> [String] {
        try text(
            """
            SELECT group_concat(name) FROM (
                SELECT name FROM pragma_table_info('\(table)') ORDER BY cid
            )
            """
        )
        .split(separator: ",").map(String.init)
    }

    /// The first column of the first row of `sql`; 0 when there is none.
    func integer(_ sql: String) throws(SQLiteError) -> Int64 {
        let pointer = try prepare(sql, persistent: false)
        defer { sqlite3_finalize(pointer) }
        do {
            let statement = Statement<NoColumns>(pointer, failure)
            return try statement.step() ? statement.integer(at: 0) : 0
        }
    }

    /// The first column of the first row of `sql` as text; empty when there is none.
    func text(_ sql: String) throws(SQLiteError) -> String {
        let pointer = try prepare(sql, persistent: false)
        defer { sqlite3_finalize(pointer) }
        do {
            let statement = Statement<NoColumns>(pointer, failure)
            return try statement.step() ? statement.text(.only) : ""
        }
    }

    /// What does not fit in the file, in SQLite's words; nil when everything does.
    ///
    /// Whole and not quick: whoever writes pages by hand can have an index lead to another row.
    func damage() throws(SQLiteError) -> String? {
        let finding = try text("PRAGMA integrity_check(1)")
        return finding == "ok" ? nil : finding
    }

    /// How the database's file itself begins, without the WAL; nothing when it cannot be read.
    var fileHeader: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 100)
        let status = pocketvault_read_header(handle, &bytes, Int32(bytes.count))
        return status == SQLITE_OK ? bytes : []
    }

    /// Leaves the database as it is when the connection is closed.
    func closeWithoutCheckpoint() {
        _ = pocketvault_close_without_checkpoint(handle)
    }

    /// Whether a transaction is open: SQLite ends one by itself on some errors.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Whether SQLite could open the file for reading only.
    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    /// How many rows the latest INSERT, UPDATE or DELETE changed by itself.
    var changedRows: Int64 { sqlite3_changes64(handle) }

    /// How many rows were changed since the connection was opened, by whatever cause.
    var totalChanges: Int64 { sqlite3_total_changes64(handle) }

    /// The key of the row that the latest INSERT made.
    var insertedRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    // MARK: Rows that change

    /// Whether a statement has failed since this was last set to false.
    ///
    /// Then SQLite has undone what it did, whose rows were told of all the same.
    var hasFailed: Bool {
        get { failure.pointee }
        set { failure.pointee = newValue }
    }

    /// Has `watch` told of each row before it is changed, or nobody.
    func tell(_ watch: RowWatch?) {
        self.watch = watch
        let context = watch.map { Unmanaged.passUnretained($0).toOpaque() }
        sqlite3_preupdate_hook(handle, watch == nil ? nil : noteRowChange, context)
    }

    /// Runs `body` with nobody told of rows: SQLite then drops the pages of a table that is emptied,
    /// and visits no row of it.
    func untold(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
        let watch = watch
        tell(nil)
        defer { tell(watch) }
        try body()
    }

    /// Changes with each commit, of this connection or of another one that this one has seen.
    var dataVersion: UInt32 { pocketvault_data_version(handle) }

    /// The names of the columns that a SELECT has.
    func columnNames(of sql: String) throws(SQLiteError) -> [String] {
        let pointer = try prepare(sql, persistent: false)
        defer { sqlite3_finalize(pointer) }
        return (0..<sqlite3_column_count(pointer)).map { column in
            sqlite3_column_name(pointer, column).map { String(cString: $0) } ?? ""
        }
    }

    /// Hands over each row of a statement that is not worth keeping.
    func eachRow(of sql: String, _ body: (Row) throws -> Void) throws {
        let pointer = try prepare(sql, persistent: false)
        defer { sqlite3_finalize(pointer) }
        let row = Row(statement: pointer, count: sqlite3_column_count(pointer))
        while true {
            switch sqlite3_step(pointer) {
            case SQLITE_ROW: try body(row)
            case SQLITE_DONE: return
            default: throw SQLiteError(of: handle, sql: sql)
            }
        }
    }

    /// The row that a statement is at.
    struct Row {
        fileprivate let statement: OpaquePointer
        let count: Int32

        subscript(_ column: Int32) -> ColumnValue { ColumnValue(statement, column) }
    }

    private func prepare(_ sql: String, persistent: Bool) throws(SQLiteError) -> OpaquePointer {
        var statement: OpaquePointer?
        let flags = persistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let status = sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nil)
        guard status == SQLITE_OK, let statement else { throw SQLiteError(of: handle, sql: sql) }
        return statement
    }
}
