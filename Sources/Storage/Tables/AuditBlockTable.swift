internal import AWS
internal import Cryptography
internal import Notation

/// The audit trail: a row is a block of records (`AuditBlock`).
///
/// Records of former versions are rows of `AuditTable`, before the first block.
enum AuditBlockTable: Int, StatementList {
    case store
    case search, after, from
    case newest, oldest, upTo, lastUpTo, firstSince
    case trim

    enum Columns: Int, RowColumns {
        case firstSequence, lastSequence, earliestTime, latestTime, kinds, records
    }

    static let table = Table.auditBlock

    /// The block that a record is in, and those behind it.
    private static let blocksFrom = """
        SELECT \(Columns.list) FROM audit_block
        WHERE first_sequence >= coalesce(
            (SELECT max(first_sequence) FROM audit_block WHERE first_sequence <= ?1), 0)
        """

    var sql: String {
        switch self {
        case .store:
            """
            INSERT INTO audit_block \(Columns.values()) ON CONFLICT DO UPDATE
            SET \(Columns.assignments(.lastSequence, .earliestTime, .latestTime, .kinds, .records))
            """
        case .search:
            // What a record has stands in the bytes as it is.
            """
            SELECT \(Columns.list) FROM audit_block
            WHERE first_sequence < ?1 AND kinds & ?2 = ?2 AND latest_time >= ?3
            AND earliest_time <= ?4 AND (?5 IS NULL OR instr(records, ?5) > 0)
            ORDER BY first_sequence DESC
            """
        case .after: "\(Self.blocksFrom) AND last_sequence > ?1 ORDER BY first_sequence"
        // What a block says of its end is not believed where that is verified.
        case .from: "\(Self.blocksFrom) ORDER BY first_sequence"
        case .newest:
            """
            SELECT \(Columns.list) FROM audit_block WHERE first_sequence > 0
            ORDER BY first_sequence DESC LIMIT 1
            """
        case .oldest:
            """
            SELECT \(Columns.list) FROM audit_block WHERE first_sequence > 0
            ORDER BY first_sequence LIMIT 2
            """
        case .upTo:
            "SELECT \(Columns.list) FROM audit_block WHERE first_sequence <= ?1 LIMIT 1"
        case .lastUpTo:
            """
            SELECT \(Columns.list) FROM audit_block
            WHERE first_sequence <= ?1 AND last_sequence <= ?1
            ORDER BY first_sequence DESC LIMIT 1
            """
        case .firstSince:
            """
            SELECT \(Columns.list) FROM audit_block
            WHERE first_sequence > 0 AND latest_time >= ?1 ORDER BY first_sequence LIMIT 1
            """
        case .trim:
            "DELETE FROM audit_block WHERE first_sequence <= ?1 AND last_sequence <= ?1"
        }
    }
}

extension SQLiteTransaction {
    /// Stores a block, or what was added to it.
    func store(_ block: AuditBlock) throws(SQLiteError) {
        let row = try statement(AuditBlockTable.store)
        try row.bind(.firstSequence, block.first)
        try row.bind(.lastSequence, block.summary.last)
        try row.bind(.earliestTime, block.summary.earliest)
        try row.bind(.latestTime, block.summary.latest)
        try row.bind(.kinds, block.summary.kinds.rawValue)
        try row.bind(.records, blob: block.bytes)
        try row.run()
    }
}

extension Statement<AuditBlockTable.Columns> {
    var summary: AuditSummary {
        AuditSummary(
            last: integer(.lastSequence),
            earliest: timestamp(.earliestTime),
            latest: timestamp(.latestTime),
            kinds: TrailFilter.Kinds(rawValue: integer(.kinds))
        )
    }

    var entries: [AuditEntry] {
        AuditBlockReader.entries(first: integer(.firstSequence), bytes: blob(.records))
    }

    /// The end of a block: its last record, and the seal behind it.
    var link: AuditChain.Link {
        AuditChain.Link(
            sequence: integer(.lastSequence),
            hash: Array(blob(.records).suffix(HMACSHA256.byteCount))
        )
    }
}
