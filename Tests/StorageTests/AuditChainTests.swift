import AWS
import Notation
import Testing

@testable import Storage

@Suite("The hash chain over the audit trail")
struct AuditChainTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func verify() throws -> AuditVerification {
        let vault = try folder.open()
        defer { vault.close() }
        return try vault.verifyAudit()
    }

    /// A trail of ten records, in several commits, of a vault that is closed.
    private func write(_ count: Int = 10, limit: Int = 100_000) throws {
        let vault = try folder.open { $0.auditRecordLimit = limit }
        for number in 0..<count {
            if number.isMultiple(of: 3) {
                vault.append(.sample("read \(number)"))
            } else {
                try vault.change { vault throws(APIError) in
                    try vault.append(.sample("change \(number)"))
                }
            }
        }
        vault.close()
    }

    @Test("a trail that nobody touched is whole")
    func whole() throws {
        var empty = AuditVerification()
        empty.isComplete = true
        #expect(try verify() == empty)
        try write()
        let first = try verify()
        #expect(first.fault == nil && first.chained == 10 && first.lastSequence == 10)
        #expect(first.lastHash.utf8.count == 64)
        try write()
        let second = try verify()
        #expect(second.fault == nil && second.chained == 20)
        #expect(second.lastHash != first.lastHash)
    }

    @Test("a long trail is followed in pieces, to its end or to what is wrong")
    func pieces() throws {
        let length = Int(AuditChain.pieceLength) * 2 + 500
        try writeReads(length)
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == Int64(length))
        for place in [AuditChain.pieceLength, AuditChain.pieceLength + 1, Int64(length)] {
            let former = "(SELECT user_agent FROM audit WHERE sequence = \(place))"
            try folder.tamper("CREATE TABLE kept AS SELECT \(former) AS text")
            try folder.tamper("UPDATE audit SET user_agent = 'x' WHERE sequence = \(place)")
            #expect(try verify().fault == .changed(place))
            try folder.tamper(
                "UPDATE audit SET user_agent = (SELECT text FROM kept) WHERE sequence = \(place)"
            )
            try folder.tamper("DROP TABLE kept")
        }
        try folder.tamper("DELETE FROM audit WHERE sequence > \(AuditChain.pieceLength * 2)")
        #expect(try verify().fault == .missing(AuditChain.pieceLength * 2 + 1))
    }

    @Test("a trail whose beginning is removed while it is followed is followed from there")
    func removedMeanwhile() throws {
        try writeReads(Int(AuditChain.pieceLength) + 100)
        let vault = try folder.open { $0.auditRecordLimit = 10 }
        defer { vault.close() }
        let first = try vault.ask { vault throws(APIError) in
            try vault.verifyAudit(after: AuditVerification())
        }
        #expect(!first.isComplete)
        for _ in 0..<3 {
            try vault.change { vault throws(APIError) in try vault.append(.sample("later")) }
        }
        let second = try vault.ask { vault throws(APIError) in
            try vault.verifyAudit(after: first)
        }
        #expect(second.isComplete && second.fault == nil)
    }

    private func writeReads(_ count: Int) throws {
        let vault = try folder.open()
        for number in 0..<count { vault.append(.sample("read \(number)")) }
        vault.close()
    }

    @Test("a limit that was lowered is reached in steps")
    func lowered() throws {
        try writeReads(Int(AuditChain.pieceLength) * 2)
        let vault = try folder.open { $0.auditRecordLimit = 10 }
        var kept: [Int] = []
        for _ in 0..<3 {
            try vault.change { vault throws(APIError) in try vault.append(.sample("later")) }
            let entries = try vault.ask { vault throws(APIError) in
                try vault.auditEntries(before: nil, limit: 10_000)
            }
            kept.append(entries.count)
        }
        vault.close()
        #expect(kept == [999, 10, 10])
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == 10)
    }

    @Test("a trail that is full goes on from where it was cut")
    func full() throws {
        try write(25, limit: 10)
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == 10)
        #expect(verification.lastSequence == 25)
    }

    @Test("records that are old go, and the rest is whole; the newest stays")
    func old() throws {
        let vault = try folder.open()
        for day in 0..<10 {
            try vault.change { vault throws(APIError) in
                try vault.append(.sample("\(day)", at: Timestamp.noon.adding(days: Int64(day))))
            }
        }
        try vault.change { vault throws(APIError) in
            try vault.trimAudit(before: Timestamp.noon.adding(days: 4))
        }
        let oldest = try vault.ask { vault throws(APIError) in try vault.oldestAuditTime() }
        #expect(oldest == Timestamp.noon.adding(days: 4))
        try vault.change { vault throws(APIError) in
            try vault.trimAudit(before: Timestamp.noon.adding(days: 400))
        }
        vault.close()
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == 1)
        #expect(verification.lastSequence == 10)
    }

    @Test("what was rolled back leaves no gap")
    func rollback() throws {
        let vault = try folder.open()
        for number in 0..<6 {
            try vault.change { vault throws(APIError) in
                do throws(APIError) {
                    try vault.atomically { vault throws(APIError) in
                        try vault.append(.sample("\(number)"))
                        if number.isMultiple(of: 2) { throw APIError.unknownOperation }
                    }
                } catch {
                    try vault.append(.sample("refused \(number)"))
                }
            }
        }
        vault.close()
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == 6)
    }

    static let changes: [(sql: String, fault: AuditVerification.Fault)] =
        [
            "time = time + 1", "request_id = 'x'", "event_source = 'x'", "event_name = 'x'",
            "account = 'x'", "region = 'x'", "principal_arn = 'x'", "access_key_id = 'x'",
            "source_address = 'x'", "user_agent = 'x'", "secret_arn = 'x'",
            "request_parameters = 'x'", "error_code = 'x'", "error_message = 'x'",
            "is_read_only = 1 - is_read_only", "chain_hash = zeroblob(32)", "chain_hash = NULL",
            "session_started_at = 1", "invoked_by = 'x'", "response_elements = 'x'",
            "made_calls = 'x'",
        ]
        .map { ("UPDATE audit SET \($0) WHERE sequence = 5", .changed(5)) }
        + [
            ("DELETE FROM audit WHERE sequence = 5", .missing(5)),
            ("DELETE FROM audit WHERE sequence = 1", .missing(1)),
            ("DELETE FROM audit WHERE sequence = 10", .missing(10)),
            ("DELETE FROM audit WHERE sequence > 3", .missing(4)),
            ("DELETE FROM audit", .missing(1)),
            (
                "UPDATE audit SET sequence = 11 - sequence + 100; UPDATE audit SET sequence = sequence - 100",
                .changed(1)
            ),
            (
                "INSERT INTO audit SELECT 11, time, request_id, event_source, event_name, account, region, principal_arn, access_key_id, source_address, user_agent, secret_arn, request_parameters, error_code, error_message, is_read_only, chain_hash, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM audit WHERE sequence = 10",
                .changed(11)
            ),
            ("DELETE FROM meta WHERE name = 'audit_anchor'", .unanchored),
            (
                "UPDATE meta SET value = CAST('0 00' AS BLOB) WHERE name = 'audit_anchor'",
                .unanchored
            ),
            (
                "UPDATE meta SET value = CAST(replace(value, '10 ', '9 ') AS BLOB) WHERE name = 'audit_anchor'; DELETE FROM audit WHERE sequence = 10",
                .unanchored
            ),
        ]

    @Test("whatever is changed behind the server's back is found", arguments: changes)
    func tampered(sql: String, fault: AuditVerification.Fault) throws {
        try write()
        try folder.tamper(sql)
        #expect(try verify().fault == fault)
        // More calls do not cover it up.
        try write()
        #expect(try verify().fault != nil)
    }

    @Test(
        "a chain that was taken off whole is missed, before and after more calls",
        arguments: [
            ("UPDATE audit SET chain_hash = NULL", AuditVerification.Fault.unchained(10)),
            ("DELETE FROM audit", nil),
        ]
    )
    func takenOff(sql: String, later: AuditVerification.Fault?) throws {
        try write()
        try folder.tamper("\(sql); DELETE FROM meta WHERE name = 'audit_anchor'")
        #expect(try verify().fault == .unanchored)
        try write(5)
        #expect(try verify().fault == later)
    }
}
