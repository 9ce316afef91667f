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
        let vault = try folder.open()
        var steps = 0
        var followed = AuditVerification()
        while !followed.isComplete {
            steps += 1
            followed = try vault.ask { [followed] vault throws(APIError) in
                try vault.verifyAudit(after: followed)
            }
        }
        vault.close()
        #expect(steps == 3 && followed == verification)
        try folder.tamper("DELETE FROM audit_block WHERE last_sequence > \(length - 300)")
        let left = try folder.number("SELECT max(last_sequence) FROM audit_block")
        #expect(try verify().fault == .missing(left + 1))
    }

    @Test("a block that grows while the trail is followed is followed to its new end")
    func grownMeanwhile() throws {
        let vault = try folder.open()
        defer { vault.close() }
        var former = AuditVerification()
        for number in 0..<5 {
            try vault.change { vault throws(APIError) in try vault.append(.sample("\(number)")) }
            former.isComplete = false
            former = try vault.ask { [former] vault throws(APIError) in
                try vault.verifyAudit(after: former)
            }
            #expect(former.fault == nil && former.chained == Int64(number + 1))
        }
        #expect(try folder.number("SELECT count(*) FROM audit_block") == 1)
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

    @Test("a limit that was lowered is reached in steps, by whole blocks")
    func lowered() throws {
        try writeReads(Int(AuditChain.pieceLength) * 3)
        let vault = try folder.open { $0.auditRecordLimit = 10 }
        var kept: [Int] = []
        for _ in 0..<6 {
            try vault.change { vault throws(APIError) in try vault.append(.sample("later")) }
            let entries = try vault.ask { vault throws(APIError) in
                try vault.auditEntries(before: nil, limit: 10_000)
            }
            kept.append(entries.count)
        }
        vault.close()
        // The block that the tenth newest is in stays.
        #expect(kept[0] >= 1_999 && kept[0] < 2_255 && kept[5] >= 10 && kept[5] < 10 + 256)
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == Int64(kept[5]))
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
}
