import AWS
import Notation
import Testing

@testable import Storage

@Suite("What versions with a row for each record left")
struct FormerTrailTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try folder.writeFormerTrail((0..<10).map { .sample("former \($0)") })
    }

    private func verify() throws -> AuditVerification {
        let vault = try folder.open()
        defer { vault.close() }
        return try vault.verifyAudit()
    }

    private func write(_ count: Int, limit: Int = 100_000) throws {
        let vault = try folder.open { $0.auditRecordLimit = limit }
        for number in 0..<count {
            try vault.change { vault throws(APIError) in try vault.append(.sample("new \(number)"))
            }
        }
        vault.close()
    }

    private func requestIDs() throws -> [String] {
        let vault = try folder.open()
        defer { vault.close() }
        let pages = try vault.ask { vault throws(APIError) in
            [
                try vault.auditEntries(before: nil, limit: 1_000).reversed(),
                try vault.auditEntries(after: 0, limit: 1_000),
            ]
        }
        #expect(pages[0] == pages[1])
        #expect(
            pages[0].map(\.sequence).first.map { first in
                pages[0].map(\.sequence) == Array(first..<first + Int64(pages[0].count))
            } != false
        )
        return pages[0].map(\.record.requestID)
    }

    @Test("is verified as it is, and what comes is chained to it")
    func verified() throws {
        #expect(try verify().chained == 10 && verify().fault == nil)
        let former = try verify().lastHash
        #expect(try folder.number("PRAGMA user_version") == Schema.version)
        try write(5)
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == 15)
        #expect(verification.lastHash != former)
        #expect(try folder.number("SELECT count(*) FROM audit") == 10)
        let names = (0..<10).map { "former \($0)" } + (0..<5).map { "new \($0)" }
        #expect(try requestIDs() == names)
    }

    @Test("is forgotten first when the trail is full, and the chain goes on")
    func forgotten() throws {
        for (added, rows) in [(4, 4), (4, 0), (10, 0)] {
            try write(added, limit: 8)
            #expect(try folder.number("SELECT count(*) FROM audit") == rows)
            #expect(try requestIDs().count == 8)
            let verification = try verify()
            #expect(verification.fault == nil && verification.chained == 8)
        }
    }

    @Test("is forgotten when it is old, and its last record stays until there is a newer one")
    func old() throws {
        let vault = try folder.open()
        let later = Timestamp.noon.adding(days: 4)
        func trim() throws -> Timestamp? {
            try vault.change { vault throws(APIError) in try vault.trimAudit(before: later) }
            return try vault.ask { vault throws(APIError) in try vault.oldestAuditTime() }
        }
        #expect(try trim() == nil)
        #expect(try folder.number("SELECT count(*) FROM audit") == 1)
        try vault.change { vault throws(APIError) in
            try vault.append(.sample("new", at: later))
        }
        #expect(try vault.ask { vault throws(APIError) in try vault.oldestAuditTime() } == .noon)
        #expect(try trim() == nil)
        vault.close()
        #expect(try requestIDs() == ["new"])
        #expect(try verify().fault == nil && verify().chained == 1)
    }

    @Test("of a place that was cut out of the middle, the chain tells with blocks behind it")
    func missing() throws {
        try write(5)
        try folder.tamper("DELETE FROM audit WHERE sequence > 6")
        #expect(try verify().fault == .missing(7))
        try folder.tamper("DELETE FROM audit")
        #expect(try verify().fault == .missing(1))
    }

    static let changes: [(sql: String, fault: AuditVerification.Fault)] =
        [
            "time = time + 1", "request_id = 'x'", "event_source = 'x'", "event_name = 'x'",
            "account = 'x'", "region = 'x'", "principal_arn = 'x'", "access_key_id = 'x'",
            "source_address = 'x'", "user_agent = 'x'", "secret_arn = 'x'",
            "request_parameters = 'x'", "error_code = 'x'", "error_message = 'x'",
            "is_read_only = 1 - is_read_only", "chain_hash = zeroblob(32)", "chain_hash = NULL",
            "session_started_at = 1", "invoked_by = 'x'", "response_elements = 'x'",
            "made_calls = 'x'", "decision = 'x'", "principal_id = 'x'", "fault = 'x'",
        ]
        .map { ("UPDATE audit SET \($0) WHERE sequence = 5", .changed(5...5)) }
        + [
            ("DELETE FROM audit WHERE sequence = 5", .missing(5)),
            ("DELETE FROM audit WHERE sequence = 1", .missing(1)),
            ("DELETE FROM audit WHERE sequence = 10", .missing(10)),
            ("DELETE FROM audit WHERE sequence > 3", .missing(4)),
            ("DELETE FROM audit", .missing(1)),
            (
                "UPDATE audit SET sequence = 11 - sequence + 100; UPDATE audit SET sequence = sequence - 100",
                .changed(1...1)
            ),
            (
                "INSERT INTO audit SELECT 11, time, request_id, event_source, event_name, account, region, principal_arn, access_key_id, source_address, user_agent, secret_arn, request_parameters, error_code, error_message, is_read_only, chain_hash, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM audit WHERE sequence = 10",
                .changed(11...11)
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
        try folder.tamper(sql)
        #expect(try verify().fault == fault)
        // More calls do not cover it up.
        try write(10)
        #expect(try verify().fault != nil)
    }

    @Test("a chain that was taken off whole is missed, before and after more calls")
    func takenOff() throws {
        try folder.tamper(
            "UPDATE audit SET chain_hash = NULL; DELETE FROM meta WHERE name = 'audit_anchor'"
        )
        #expect(try verify().fault == .unanchored)
        try write(5)
        #expect(try verify().fault == .unchained(10))
    }
}
