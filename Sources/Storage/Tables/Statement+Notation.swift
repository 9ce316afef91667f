internal import Notation

/// Values that several columns or tables write in one way.
extension Statement {
    /// Two parameters, one after the other.
    func bind(_ index: Int32, _ scope: Scope) throws(SQLiteError) {
        try bind(index, scope.account)
        try bind(index + 1, scope.region)
    }

    func bind(_ column: Columns, _ time: Timestamp?) throws(SQLiteError) {
        try bind(column, time?.milliseconds)
    }

    func timestamp(_ column: Columns) -> Timestamp {
        Timestamp(milliseconds: integer(column))
    }

    func optionalTimestamp(_ column: Columns) -> Timestamp? {
        optionalInteger(column).map(Timestamp.init(milliseconds:))
    }

    /// A date that is kept as 0 while it is not set.
    func timestampUnlessZero(_ column: Columns) -> Timestamp? {
        let milliseconds = integer(column)
        return milliseconds == 0 ? nil : Timestamp(milliseconds: milliseconds)
    }
}
