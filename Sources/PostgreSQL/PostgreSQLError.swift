/// Why a database could not be asked; holds nothing that was sent.
package enum PostgreSQLError: Error, Sendable, Equatable {
    case libraryMissing
    case unreachable
    /// The database was reached, and does not let this role in.
    case loginRefused
    case timedOut
    /// The five characters that PostgreSQL names the error with.
    case statementRefused(sqlState: String)
    /// A name or a password that no statement can hold.
    case unusableText
    /// Nobody waits for it any more.
    case cancelled
}

extension PostgreSQLError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .libraryMissing:
            "libpq.so.5 is not installed: it is needed to rotate a PostgreSQL role"
        case .unreachable: "the database cannot be reached"
        case .loginRefused: "the database refuses the login"
        case .timedOut: "the database does not answer in time"
        case .statementRefused(let sqlState):
            "the database refuses the statement with SQLSTATE \(sqlState)"
        case .unusableText: "a name or password holds what PostgreSQL does not take"
        case .cancelled: "nobody waits for the database any more"
        }
    }
}
