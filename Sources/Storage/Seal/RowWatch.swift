internal import CSQLite
internal import Cryptography

/// Keeps the sums of the rows in step with what the writer's connection does to them.
///
/// SQLite tells of each row before it changes it, whichever statement, trigger or reference is the
/// cause. What another connection changes nobody tells of: so the sums stay what they should be.
final class RowWatch {
    let tables: RowTables
    private let mac: RepeatedHMAC
    /// With all that the open transaction has done.
    var sums: RowSums
    /// What is on disk, and what the trail says of its seal; nil while that is not known to be sealed.
    private var committed: (sums: RowSums, mark: String)?
    /// The same of what the open transaction stored a seal of.
    private var sealed: (sums: RowSums, mark: String)?
    private var codes = PartCodes()
    /// A row could not be hashed: the sums are not right any more.
    private var hasFailed = false
    /// The number that tells of commits, its own and others', when the sums were right.
    var dataVersion: UInt32 = 0
    // Of the row that is told of, before and after; kept for their memory.
    private var former = RowText()
    private var latter = RowText()

    /// - Parameters:
    ///   - tables: the tables that there are.
    ///   - sums: those of their rows.
    ///   - mac: what rows are hashed with.
    ///   - mark: that of the seal on disk; nil when it is not that of these sums.
    init(_ tables: RowTables, _ sums: RowSums, _ mac: RepeatedHMAC, sealedAs mark: String?) {
        self.tables = tables
        self.sums = sums
        self.mac = mac
        committed = mark.map { (sums, $0) }
    }

    // MARK: Transactions

    /// Whether the seal on disk is not that of what the open transaction leaves.
    var mustSeal: Bool { sums != committed?.sums }

    /// What the trail is to say of the seal.
    var mark: String? { sealed?.mark ?? committed?.mark }

    /// The seal of what there is now, which the caller stores.
    func seal() throws -> RowSeal {
        guard !hasFailed else { throw SQLiteError(code: 0, message: "rows could not be sealed") }
        codes.update(to: sums, mac)
        let seal = RowSeal(of: sums, parts: codes.codes, mac)
        sealed = (sums, seal.mark)
        return seal
    }

    /// Refuses to have rows committed that no seal goes with.
    func checkSealed() throws(SQLiteError) {
        guard sums == committed?.sums || sums == sealed?.sums, !hasFailed else {
            throw SQLiteError(code: 0, message: "the rows are not those that were sealed")
        }
    }

    /// - Parameter version: the number that tells of commits, as the connection's own has left it.
    func noteCommit(_ version: UInt32) {
        committed = sealed ?? committed
        sealed = nil
        dataVersion = version
    }

    func noteRollback() {
        if let committed { sums = committed.sums }
        sealed = nil
        hasFailed = false
    }

    /// The parts in which what there is, read anew, differs from what there should be.
    func differences(in connection: Connection) throws -> [String] {
        let tables = try RowTables(of: connection)
        return sums.differences(from: try RowSums(of: tables, in: connection, mac))
    }

    // MARK: Rows

    /// A row is about to be changed.
    fileprivate func note(_ connection: OpaquePointer, _ operation: Int32, _ name: String) {
        guard let table = tables.named(name) else { return }
        if operation != SQLITE_INSERT {
            read(connection, table, into: &former, sqlite3_preupdate_old)
        }
        if operation != SQLITE_DELETE {
            read(connection, table, into: &latter, sqlite3_preupdate_new)
        }
        // As when only the date of a read changes.
        guard operation != SQLITE_UPDATE || former != latter else { return }
        if operation != SQLITE_INSERT {
            sums.remove(RowSum(mac.authenticate(former.bytes)), from: table.part)
        }
        if operation != SQLITE_DELETE {
            sums.add(RowSum(mac.authenticate(latter.bytes)), to: table.part)
        }
    }

    private func read(
        _ connection: OpaquePointer,
        _ table: RowTable,
        into text: inout RowText,
        _ value: (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Int32
    ) {
        text.begin(table)
        for column in 0..<sqlite3_preupdate_count(connection) where table.isSealed(column) {
            var content: OpaquePointer?
            guard value(connection, column, &content) == SQLITE_OK, let content else {
                hasFailed = true
                return
            }
            text.append(column, ColumnValue(content))
        }
    }
}

/// The C entry point: SQLite calls it before each row that it changes.
func noteRowChange(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ operation: Int32,
    _ database: UnsafePointer<CChar>?,
    _ table: UnsafePointer<CChar>?,
    _: Int64,
    _: Int64
) {
    guard let context, let connection, let table else { return }
    Unmanaged<RowWatch>.fromOpaque(context).takeUnretainedValue()
        .note(connection, operation, String(cString: table))
}
