internal import CSQLite

/// What SQLite refused, with the statement but never the values that were bound to it.
struct SQLiteError: Error, CustomStringConvertible {
    /// The extended result code.
    let code: Int32
    /// SQLite's own words. They name tables and columns, not values.
    let message: String
    /// The text of the statement; nil when there was none.
    let sql: String?

    init(code: Int32, message: String, sql: String? = nil) {
        self.code = code
        self.message = message
        self.sql = sql
    }

    /// The latest error of a connection.
    init(of handle: OpaquePointer?, sql: String? = nil) {
        code = handle.map { sqlite3_extended_errcode($0) } ?? SQLITE_NOMEM
        message = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "out of memory"
        self.sql = sql
    }

    /// The statement came after SQLite had ended the transaction that it belongs to.
    static let transactionIsLost = SQLiteError(
        code: SQLITE_ABORT,
        message: "an earlier error ended the transaction"
    )

    /// The code without its extension.
    var primaryCode: Int32 { code & 0xFF }

    var description: String {
        let statement = sql.map { " in: \($0)" } ?? ""
        return "SQLite error \(code): \(message)\(statement)"
    }
}

/// The results that opening a vault tells apart.
enum SQLiteResult {
    case notADatabase, readOnly, busy, other

    init(_ error: SQLiteError) {
        switch error.primaryCode {
        case SQLITE_NOTADB, SQLITE_CORRUPT: self = .notADatabase
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN: self = .readOnly
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
        default: self = .other
        }
    }
}
