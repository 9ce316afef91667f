internal import AWS

/// What concerns the vault as a whole, by its name.
enum MetaTable: Int, StatementList {
    case value, insert, set, delete

    enum Columns: Int, RowColumns {
        case value
    }

    static let table = Table.meta

    var sql: String {
        switch self {
        case .value: "SELECT value FROM meta WHERE name = ?1"
        case .insert: "INSERT INTO meta (name, value) VALUES (?1, ?2)"
        case .set: "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)"
        case .delete: "DELETE FROM meta WHERE name = ?1"
        }
    }
}

/// The names of what the table holds.
enum MetaName: String {
    case checkValue = "master_key_check"
    case salt = "passphrase_salt"
    case cost = "passphrase_cost"
    case clock
    case auditAnchor = "audit_anchor"
    case rowSeal = "row_seal"
    case deliveredEvent = "delivered_event"
    case snapshotSchema = "snapshot_schema"
}

extension SQLiteTransaction {
    func clockSetting() throws(APIError) -> String? {
        try text(.clock)
    }

    func setClockSetting(_ setting: String?) throws(APIError) {
        try setText(setting, .clock)
    }

    func deliveredEvent() throws(APIError) -> Int64? {
        try text(.deliveredEvent).flatMap { Int64($0) }
    }

    func setDeliveredEvent(_ sequence: Int64) throws(APIError) {
        try setText(String(sequence), .deliveredEvent)
    }

    func text(_ name: MetaName) throws(APIError) -> String? {
        try translatingErrors {
            try blob(name).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    func blob(_ name: MetaName) throws(SQLiteError) -> [UInt8]? {
        let row = try statement(MetaTable.value)
        try row.bind(1, name.rawValue)
        return try row.step() ? row.blob(.value) : nil
    }

    func setText(_ text: String?, _ name: MetaName) throws(APIError) {
        try translatingErrors { try setBlob(text.map { Array($0.utf8) }, name) }
    }

    /// Stores what is not to be read as text, or that there is none.
    func setBlob(_ value: [UInt8]?, _ name: MetaName) throws(SQLiteError) {
        guard let value else {
            let deletion = try statement(MetaTable.delete)
            try deletion.bind(1, name.rawValue)
            return try deletion.run()
        }
        let change = try statement(MetaTable.set)
        try change.bind(1, name.rawValue)
        try change.bind(2, blob: value)
        try change.run()
    }
}
