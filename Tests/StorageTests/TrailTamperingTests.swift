import AWS
import Notation
import Testing

@testable import Storage

@Suite("Whatever is changed in the trail behind the server's back is found")
struct TrailTamperingTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try write()
    }

    /// Two blocks of six records, in commits of one, two and three, as the trail is new.
    private func write() throws {
        let vault = try folder.open { $0.auditRecordLimit = 48 }
        for size in [1, 2, 3, 1, 2, 3] {
            try vault.change { vault throws(APIError) in
                for number in 0..<size { try vault.append(.sample("call \(size) \(number)")) }
            }
        }
        vault.close()
    }

    private func verify() throws -> AuditVerification {
        let vault = try folder.open()
        defer { vault.close() }
        return try vault.verifyAudit()
    }

    /// More calls do not cover it up.
    private func expect(_ fault: AuditVerification.Fault) throws {
        #expect(try verify().fault == fault)
        try write()
        #expect(try verify().fault != nil)
    }

    /// The segments of the block that begins with a record.
    private func segments(_ bytes: [UInt8], first: Int64 = 1) -> [ArraySlice<UInt8>] {
        var reader = AuditBlockReader(first: first, bytes: bytes)
        var start = 0
        var segments: [ArraySlice<UInt8>] = []
        while let segment = reader.next() {
            segments.append(bytes[start..<segment.seal.endIndex])
            start = segment.seal.endIndex
        }
        return segments
    }

    @Test("nothing is wrong before")
    func whole() throws {
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == 12)
        #expect(try folder.number("SELECT count(*) FROM audit_block") == 2)
    }

    @Test("any byte of a commit, to that commit", arguments: [1, 7])
    func bytes(first: Int64) throws {
        var whole: [UInt8] = []
        try folder.tamper(block: first) { whole = $0 }
        let parts = segments(whole, first: first)
        #expect(parts.map { $0.count > 33 } == [true, true, true])
        let commits = [first...first, first + 1...first + 2, first + 3...first + 5]
        for (part, commit) in zip(parts, commits) {
            for place in part.indices {
                try folder.tamper(block: first) { bytes in
                    bytes = whole
                    bytes[place] ^= 1
                }
                guard case .changed(let found)? = try verify().fault else {
                    Issue.record("the byte \(place) of block \(first) is not missed")
                    continue
                }
                // What cannot be read at all is said to go to the block's end.
                #expect(found.lowerBound == commit.lowerBound)
                #expect(found.upperBound == commit.upperBound || found.upperBound == first + 5)
            }
        }
        try folder.tamper(block: first) { $0 = whole }
        #expect(try verify().fault == nil)
    }

    @Test("a text of a record")
    func text() throws {
        try folder.tamper { bytes in
            let place = try #require(bytes.firstRange(of: Array("call 2 1".utf8)))
            bytes.replaceSubrange(place, with: Array("call 2 9".utf8))
        }
        try expect(.changed(2...3))
    }

    @Test("a commit that is taken out, doubled, or put in another place")
    func moved() throws {
        var whole: [UInt8] = []
        try folder.tamper { whole = $0 }
        let parts = segments(whole)
        for (order, found) in [
            ([0, 2], 2...4), ([0, 0, 1, 2], 2...2), ([0, 2, 1], 2...4), ([1, 2], 1...2),
            ([0, 1, 2, 2], 7...9), ([2, 1, 0], 1...3),
        ] {
            try folder.tamper { bytes in bytes = order.flatMap { parts[$0] } }
            guard case .changed(let records)? = try verify().fault else {
                Issue.record("the order \(order) is not missed")
                continue
            }
            #expect(records.lowerBound == Int64(found.lowerBound), "\(order)")
        }
        try folder.tamper { bytes in bytes = Array(parts[0] + parts[1]) }
        try expect(.changed(1...3))
    }

    @Test("a commit that is cut off, with what tells of it")
    func cut() throws {
        let parts = try last()
        try folder.tamper(block: 7) { $0 = Array(parts[0] + parts[1]) }
        try folder.tamper("UPDATE audit_block SET last_sequence = 9 WHERE first_sequence = 7")
        try expect(.missing(10))
    }

    private func last() throws -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        try folder.tamper(block: 7) { parts = segments($0, first: 7) }
        return parts
    }

    @Test("a commit that is made a block of its own, or blocks that are made one")
    func divided() throws {
        let parts = try last()
        try folder.tamper(block: 7) { $0 = Array(parts[0]) }
        try folder.tamper("UPDATE audit_block SET last_sequence = 7 WHERE first_sequence = 7")
        try folder.tamper(
            """
            INSERT INTO audit_block
            SELECT 8, 12, earliest_time, latest_time, kinds, records FROM audit_block LIMIT 1
            """
        )
        try folder.tamper(block: 8) { $0 = Array(parts[1] + parts[2]) }
        guard case .changed(let found)? = try verify().fault else {
            Issue.record("it is not missed")
            return
        }
        #expect(found.lowerBound == 8)
        try folder.tamper("DELETE FROM audit_block WHERE first_sequence > 1")
        try folder.tamper { $0 += parts.joined() }
        try folder.tamper("UPDATE audit_block SET last_sequence = 12")
        #expect(try verify().fault == .changed(7...7))
    }

    static let statements: [(sql: String, fault: AuditVerification.Fault)] = [
        ("UPDATE audit_block SET kinds = kinds + 4 WHERE first_sequence = 1", .changed(1...6)),
        ("UPDATE audit_block SET kinds = 0 WHERE first_sequence = 7", .changed(7...12)),
        ("UPDATE audit_block SET earliest_time = 0 WHERE first_sequence = 1", .changed(1...6)),
        ("UPDATE audit_block SET latest_time = 0 WHERE first_sequence = 7", .changed(7...12)),
        ("UPDATE audit_block SET last_sequence = 5 WHERE first_sequence = 1", .changed(1...6)),
        ("UPDATE audit_block SET last_sequence = 0 WHERE first_sequence = 1", .changed(1...6)),
        ("UPDATE audit_block SET last_sequence = 99 WHERE first_sequence = 7", .changed(7...12)),
        ("UPDATE audit_block SET records = x'' WHERE first_sequence = 1", .changed(1...1)),
        (
            "UPDATE audit_block SET records = zeroblob(99) WHERE first_sequence = 7",
            .changed(7...12)
        ),
        ("DELETE FROM audit_block WHERE first_sequence = 1", .missing(1)),
        ("DELETE FROM audit_block WHERE first_sequence = 7", .missing(7)),
        ("DELETE FROM audit_block", .missing(1)),
        ("UPDATE audit_block SET first_sequence = 13 WHERE first_sequence = 1", .missing(1)),
        (
            """
            UPDATE audit_block SET first_sequence = first_sequence + 100;
            UPDATE audit_block SET first_sequence = 108 - first_sequence
            """, .changed(1...1)
        ),
        (
            """
            UPDATE audit_block SET first_sequence = first_sequence + 100;
            UPDATE audit_block SET first_sequence = 108 - first_sequence,
                last_sequence = 113 - first_sequence
            """, .changed(1...1)
        ),
        (
            """
            INSERT INTO audit_block
            SELECT 13, 18, earliest_time, latest_time, kinds, records FROM audit_block LIMIT 1
            """, .changed(13...13)
        ),
        (
            """
            INSERT INTO audit_block
            SELECT -9, -4, earliest_time, latest_time, kinds, records FROM audit_block LIMIT 1
            """, .unchained(0)
        ),
        (
            "UPDATE audit_block SET first_sequence = 9223372036854775807 WHERE first_sequence = 7",
            .missing(7)
        ),
        ("DELETE FROM meta WHERE name = 'audit_anchor'", .unanchored),
        ("UPDATE meta SET value = CAST('0 00' AS BLOB) WHERE name = 'audit_anchor'", .unanchored),
        (
            """
            UPDATE meta SET value = CAST(replace(value, '12 ', '6 ') AS BLOB)
            WHERE name = 'audit_anchor';
            DELETE FROM audit_block WHERE first_sequence = 7
            """, .unanchored
        ),
        (
            """
            INSERT INTO audit SELECT 13, time, '', '', '', '', '', '', NULL, '', NULL, NULL, NULL,
                NULL, NULL, 1, zeroblob(32), NULL, NULL, NULL, NULL, NULL, NULL, NULL
            FROM (SELECT 1 AS time)
            """, .missing(1)
        ),
    ]

    @Test(
        "a row that is changed, removed, added or moved, and what tells of it",
        arguments: statements
    )
    func rows(sql: String, fault: AuditVerification.Fault) throws {
        try folder.tamper(sql)
        #expect(try verify().fault == fault)
        // More calls do not cover it up; where there are no numbers left they are refused.
        if sql.contains("9223372036854775807") {
            #expect(throws: APIError.self) { try write() }
        } else {
            try write()
        }
        #expect(try verify().fault != nil)
    }

    @Test(
        "records that are put in among those that are there, whatever their block says of its end",
        arguments: [0, 3, 6, 12, 99]
    )
    func putIn(last: Int) throws {
        try folder.tamper(
            """
            INSERT INTO audit_block
            SELECT 3, \(last), earliest_time, latest_time, kinds, records FROM audit_block LIMIT 1
            """
        )
        try folder.tamper(block: 3) { bytes in bytes = Array(segments(bytes, first: 3)[0]) }
        #expect(try verify().fault == .changed(3...6))
    }

    @Test("the same where a piece of the verification ends")
    func putInBetweenPieces() throws {
        let vault = try folder.open { $0.auditRecordLimit = 10_000 }
        for number in 0..<1_500 {
            try vault.change { vault throws(APIError) in try vault.append(.sample("call \(number)"))
            }
        }
        vault.close()
        #expect(try verify().fault == nil)
        let ends = try folder.number("SELECT count(*) FROM audit_block WHERE last_sequence < 1200")
        for number in 1...ends {
            let place = "FROM audit_block ORDER BY first_sequence LIMIT 1 OFFSET \(number - 1)"
            let last = try folder.number("SELECT last_sequence \(place)")
            let first = try folder.number("SELECT first_sequence \(place)")
            guard last > first else { continue }
            try folder.tamper(
                """
                INSERT INTO audit_block
                SELECT \(last), \(last), earliest_time, latest_time, kinds, records FROM audit_block
                WHERE first_sequence = 1
                """
            )
            try folder.tamper(block: last) { bytes in
                bytes = Array(segments(bytes, first: last)[0])
            }
            #expect(try verify().fault != nil, "after block \(number)")
            try folder.tamper("DELETE FROM audit_block WHERE first_sequence = \(last)")
        }
    }

    @Test("a trail whose numbers were used up takes no more calls, and says so")
    func numbers() throws {
        try folder.tamper(
            "UPDATE audit_block SET last_sequence = \(Int64.max) WHERE first_sequence = 7"
        )
        let vault = try folder.open()
        defer { vault.close() }
        let error = #expect(throws: APIError.self) {
            try vault.change { vault throws(APIError) in try vault.append(.sample("one more")) }
        }
        #expect(error?.cause?.contains("no numbers left") == true)
        #expect(try vault.verifyAudit().fault != nil)
    }

    @Test("a chain that was taken off whole, before and after more calls")
    func takenOff() throws {
        try folder.tamper("DELETE FROM meta WHERE name = 'audit_anchor'")
        #expect(try verify().fault == .unanchored)
        try write()
        #expect(try verify().fault == .unchained(12))
    }

    @Test("what cannot be read is left out, and everything else is shown")
    func readable() throws {
        try folder.tamper { $0[$0.count / 2] = 0xFF }
        let vault = try folder.open()
        defer { vault.close() }
        let pages = try vault.ask { vault throws(APIError) in
            [
                try vault.auditEntries(before: nil, limit: 100).reversed(),
                try vault.auditEntries(after: 0, limit: 100),
            ]
        }
        #expect(pages[0] == pages[1])
        #expect(pages[0].map(\.sequence).suffix(6) == [7, 8, 9, 10, 11, 12])
    }
}
