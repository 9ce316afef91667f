/// The statements about one table: every one that the running vault prepares for it.
///
/// The cases number them for a connection's cache, and let a test look at all their plans.
protocol StatementList: CaseIterable, RawRepresentable<Int>, Sendable {
    /// What a row of the table is read and bound by.
    associatedtype Columns: RowColumns

    static var table: Table { get }
    var sql: String { get }
}

/// Statements that begin and end transactions.
enum TransactionControl: Int, CaseIterable {
    case begin, beginImmediate, commit, rollback
    case savepoint, release, rollbackToSavepoint

    var sql: String {
        switch self {
        case .begin: "BEGIN"
        case .beginImmediate: "BEGIN IMMEDIATE"
        case .commit: "COMMIT"
        case .rollback: "ROLLBACK"
        // Savepoints nest under one name: the innermost is meant.
        case .savepoint: "SAVEPOINT job"
        case .release: "RELEASE job"
        case .rollbackToSavepoint: "ROLLBACK TO job"
        }
    }
}
