internal import AWS
internal import Notation

/// The audit trail of versions that kept a row for each record: what is left of it.
///
/// It is read, verified and forgotten as it was; what comes since stands in `AuditBlockTable`.
enum AuditTable: Int, StatementList {
    case before, after
    case newest, oldest, upTo, lastUpTo, firstSince
    case trim

    enum Columns: Int, RowColumns {
        case time, requestID, eventSource, eventName, account, region, principalARN, accessKeyID
        case sourceAddress, userAgent, secretARN, requestParameters, errorCode, errorMessage
        case isReadOnly, decision, principalID
        case sessionStartedAt, invokedBy, responseElements, madeCalls, fault
        case chainHash, sequence
    }

    static let table = Table.audit

    var sql: String {
        switch self {
        case .before:
            """
            SELECT \(Columns.list) FROM audit WHERE sequence < ?1 ORDER BY sequence DESC LIMIT ?2
            """
        case .after:
            """
            SELECT \(Columns.list) FROM audit WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
            """
        case .newest:
            """
            SELECT \(Columns.list) FROM audit WHERE sequence > 0 ORDER BY sequence DESC LIMIT 1
            """
        case .oldest:
            "SELECT \(Columns.list) FROM audit WHERE sequence > 0 ORDER BY sequence LIMIT 2"
        case .upTo: "SELECT \(Columns.list) FROM audit WHERE sequence <= ?1 LIMIT 1"
        case .lastUpTo:
            """
            SELECT \(Columns.list) FROM audit WHERE sequence <= ?1 ORDER BY sequence DESC LIMIT 1
            """
        case .firstSince:
            """
            SELECT \(Columns.list) FROM audit
            WHERE sequence > 0 AND time >= ?1 ORDER BY sequence LIMIT 1
            """
        case .trim: "DELETE FROM audit WHERE sequence <= ?1"
        }
    }
}

extension Statement<AuditTable.Columns> {
    var entry: AuditEntry { AuditEntry(sequence: integer(.sequence), record: record) }

    /// The record's place in the chain.
    var link: AuditChain.Link {
        AuditChain.Link(sequence: integer(.sequence), hash: blob(.chainHash))
    }

    var record: AuditRecord {
        AuditRecord(
            time: timestamp(.time),
            requestID: text(.requestID),
            eventSource: text(.eventSource),
            eventName: text(.eventName),
            scope: Scope(account: text(.account), region: text(.region)),
            principalARN: text(.principalARN),
            principalID: optionalText(.principalID),
            accessKeyID: optionalText(.accessKeyID),
            sessionStartedAt: optionalTimestamp(.sessionStartedAt),
            invokedBy: optionalText(.invokedBy),
            sourceAddress: text(.sourceAddress),
            userAgent: optionalText(.userAgent),
            resourceARN: optionalText(.secretARN),
            requestParameters: optionalText(.requestParameters),
            responseElements: optionalText(.responseElements),
            madeCalls: optionalText(.madeCalls),
            errorCode: optionalText(.errorCode),
            errorMessage: optionalText(.errorMessage),
            decision: optionalText(.decision),
            fault: optionalText(.fault),
            isReadOnly: bool(.isReadOnly)
        )
    }
}
