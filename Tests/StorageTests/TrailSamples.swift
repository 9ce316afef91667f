import AWS
import Notation
import Testing

@testable import Storage

/// Chance that is the same in every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

extension AuditRecord {
    /// A record with anything in any of its fields.
    static func any(
        at time: Timestamp,
        _ requestID: String,
        using dice: inout Dice
    ) -> AuditRecord {
        func text(_ choices: [String]) -> String { choices.randomElement(using: &dice) ?? "" }
        func maybe(_ choices: [String]) -> String? {
            Bool.random(using: &dice) ? text(choices) : nil
        }
        let source = text(["secretsmanager.amazonaws.com", "kms.amazonaws.com", ""])
        let isEvent = Int.random(in: 0..<20, using: &dice) == 0
        return AuditRecord(
            time: time,
            requestID: requestID,
            eventSource: source,
            eventName: text(["GetSecretValue", "PutSecretValue", "Decrypt", "RotationStarted"]),
            scope: Scope(
                account: text(["000000000000", "111111111111"]),
                region: text(["us-east-1", "eu-west-1"])
            ),
            principalARN: isEvent ? source : text(["arn:a", "arn:b", "arn:aws:iam::1:user/é"]),
            principalID: maybe(["AIDA", ""]),
            accessKeyID: maybe(["AKIA1", "AKIA2", ""]),
            sessionStartedAt: Bool.random(using: &dice) ? Timestamp(milliseconds: .min) : nil,
            invokedBy: maybe(["service"]),
            sourceAddress: text(["127.0.0.1", "::1"]),
            // To Swift the last two are equal.
            userAgent: maybe(["agent", "caf\u{E9}", "cafe\u{301}"]),
            resourceARN: maybe((0..<40).map { "arn:aws:secretsmanager:r:1:secret:name-\($0)" }),
            requestParameters: maybe([
                "{}", #"{"secretId":"a"}"#, String(repeating: "x", count: 300),
            ]),
            responseElements: maybe(["{}", ""]),
            madeCalls: maybe([#"[["Decrypt","v"]]"#]),
            errorCode: Int.random(in: 0..<30, using: &dice) == 0 ? "AccessDenied" : nil,
            errorMessage: maybe(["no", ""]).flatMap { $0.isEmpty ? nil : $0 },
            decision: Int.random(in: 0..<30, using: &dice) == 0 ? "statement" : nil,
            fault: maybe(["rule"]),
            isReadOnly: Bool.random(using: &dice)
        )
    }

    /// Its texts, as the bytes that they are.
    var bytesOfTexts: [[UInt8]?] {
        [
            requestID, eventSource, eventName, scope.account, scope.region, principalARN,
            principalID, accessKeyID, invokedBy, sourceAddress, userAgent, resourceARN,
            requestParameters, responseElements, madeCalls, errorCode, errorMessage, decision,
            fault,
        ].map { $0.map { Array($0.utf8) } }
    }
}

extension ScratchFolder {
    /// A trail as versions with a row for each record wrote it, in a file of their last schema.
    ///
    /// The vault is closed before and after.
    func writeFormerTrail(_ records: [AuditRecord]) throws {
        let vault = try open()
        try vault.change { vault throws(APIError) in
            guard let vault = vault as? SQLiteTransaction else { return }
            try vault.translatingErrors { try vault.insertFormerRows(records) }
        }
        vault.close()
        // What came after that schema is undone.
        try tamper(
            """
            DROP TABLE audit_block;
            ALTER TABLE rotation DROP COLUMN created_at;
            ALTER TABLE rotation DROP COLUMN set_at;
            ALTER TABLE rotation DROP COLUMN tested_at;
            PRAGMA user_version = 18
            """
        )
        try unseal()
    }

    /// Changes the bytes of the block that begins with a record.
    func tamper(block first: Int64 = 1, _ change: (inout [UInt8]) throws -> Void) throws {
        let connection = try Connection(path: database, for: .writing)
        var bytes: [UInt8]
        do {
            let row = try connection.statement(
                keeping: "SELECT records FROM audit_block WHERE first_sequence = \(first)"
            )
            try #require(try row.step())
            bytes = row.blob(.only)
        }
        try change(&bytes)
        let row = try connection.statement(
            keeping: "UPDATE audit_block SET records = ?1 WHERE first_sequence = \(first)"
        )
        try row.bind(1, blob: bytes)
        try row.run()
    }
}

extension SQLiteTransaction {
    fileprivate func insertFormerRows(_ records: [AuditRecord]) throws {
        typealias Columns = AuditTable.Columns
        let progress = try openProgress()
        var anchor = progress.anchor
        anchor.rows = nil
        for record in records {
            let hash = progress.chain.hash(record, after: anchor.head.hash)
            anchor.head = AuditChain.Link(sequence: anchor.head.sequence + 1, hash: hash)
            let row = try statement(keeping: "INSERT INTO audit \(Columns.values())")
            func bind(_ column: Columns, _ text: String?) throws {
                try row.bind(column.place + 1, text)
            }
            try row.bind(Columns.sequence.place + 1, anchor.head.sequence)
            try row.bind(Columns.time.place + 1, record.time.milliseconds)
            try row.bind(Columns.isReadOnly.place + 1, record.isReadOnly)
            try row.bind(
                Columns.sessionStartedAt.place + 1,
                record.sessionStartedAt?.milliseconds
            )
            try row.bind(Columns.chainHash.place + 1, blob: hash)
            try bind(.requestID, record.requestID)
            try bind(.eventSource, record.eventSource)
            try bind(.eventName, record.eventName)
            try bind(.account, record.scope.account)
            try bind(.region, record.scope.region)
            try bind(.principalARN, record.principalARN)
            try bind(.principalID, record.principalID)
            try bind(.accessKeyID, record.accessKeyID)
            try bind(.invokedBy, record.invokedBy)
            try bind(.sourceAddress, record.sourceAddress)
            try bind(.userAgent, record.userAgent)
            try bind(.secretARN, record.resourceARN)
            try bind(.requestParameters, record.requestParameters)
            try bind(.responseElements, record.responseElements)
            try bind(.madeCalls, record.madeCalls)
            try bind(.errorCode, record.errorCode)
            try bind(.errorMessage, record.errorMessage)
            try bind(.decision, record.decision)
            try bind(.fault, record.fault)
            try row.run()
        }
        try setText(anchor.text(progress.chain), .auditAnchor)
        auditProgress = nil
    }
}
