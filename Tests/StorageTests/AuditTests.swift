import AWS
import Glibc
import Notation
import Testing

@testable import Storage

@Suite struct AuditTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func requestIDs(_ vault: SQLiteVault, limit: Int = 1_000) throws -> [String] {
        try vault.ask { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: limit).map(\.record).map(\.requestID)
        }
    }

    @Test func `A record comes back with everything that it had`() throws {
        let vault = try folder.open()
        let record = AuditRecord(
            time: .noon,
            requestID: "id",
            eventSource: "source",
            eventName: "name",
            scope: Scope(account: "1", region: "r"),
            principalARN: "principal",
            accessKeyID: "key",
            sessionStartedAt: .noon,
            invokedBy: "service",
            sourceAddress: "address",
            userAgent: "agent",
            resourceARN: "arn",
            requestParameters: "{}",
            responseElements: "{}",
            madeCalls: "[]",
            errorCode: "code",
            errorMessage: "message",
            isReadOnly: false
        )
        try vault.change { vault throws(APIError) in
            try vault.append(record)
            try vault.append(.sample("plain"))
        }
        let records = try vault.ask { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 9).map(\.record)
        }
        #expect(records == [.sample("plain"), record])
    }

    @Test func `Records that are stored together keep what each of them had`() throws {
        let vault = try folder.open()
        // Every second one has what the one before it has not.
        let records = (0..<6).map { number in
            let text = number.isMultiple(of: 2) ? "\(number)" : nil
            return AuditRecord(
                time: Timestamp(milliseconds: Int64(number)),
                requestID: "\(number)",
                eventSource: "source \(number / 3)",
                eventName: "name \(number / 2)",
                scope: Scope(account: "\(number / 4)", region: "\(number / 5)"),
                principalARN: "principal \(number % 2)",
                accessKeyID: text,
                sessionStartedAt: text.map { _ in .noon },
                invokedBy: text,
                sourceAddress: "address \(number / 2)",
                userAgent: text,
                resourceARN: text,
                requestParameters: text,
                responseElements: text,
                madeCalls: text,
                errorCode: text,
                errorMessage: text,
                isReadOnly: number.isMultiple(of: 3)
            )
        }
        for record in records { vault.append(record) }
        vault.close()
        let stored = try folder.open().ask { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 9).map(\.record)
        }
        #expect(stored == records.reversed())
    }

    @Test func `The records of reads are there within 100 ms, in their order`() throws {
        let vault = try folder.open()
        // So that the time is the queue's, and not that of the first statement.
        _ = try requestIDs(vault)
        let start = WakeSignal.now
        for number in 0..<5 { vault.append(.sample("\(number)")) }
        while try requestIDs(vault).count < 5, WakeSignal.now < start + 5_000_000_000 {
            usleep(1_000)
        }
        let milliseconds = (WakeSignal.now - start) / 1_000_000
        #expect(try requestIDs(vault) == ["4", "3", "2", "1", "0"])
        // The bound is for a quiet machine; on a busy one only the order of magnitude holds.
        #expect(milliseconds < 1_000)
        #expect(try requestIDs(vault, limit: 2) == ["4", "3"])
    }

    @Test func `Closing commits the records that wait`() throws {
        let vault = try folder.open()
        vault.append(.sample("last"))
        vault.close()
        #expect(try requestIDs(folder.open()) == ["last"])
    }

    @Test func `The trail keeps its newest records, up to its limit`() throws {
        let vault = try folder.open { $0.auditRecordLimit = 10 }
        for batch in 0..<5 {
            try vault.change { vault throws(APIError) in
                for number in 0..<7 { try vault.append(.sample("\(batch)-\(number)")) }
            }
        }
        let kept = try requestIDs(vault)
        #expect(kept.count == 10)
        #expect(kept.first == "4-6")
        #expect(kept.last == "3-4")
        vault.close()
        let smaller = try folder.open { $0.auditRecordLimit = 3 }
        smaller.append(.sample("newest"))
        smaller.close()
        #expect(try requestIDs(folder.open()) == ["newest", "4-6", "4-5"])
    }

    @Test func `More reads than the queue holds are counted, not kept`() {
        var inbox = WriteInbox()
        for number in 0..<(WriteInbox.recordLimit + 5) {
            _ = inbox.add(.sample("\(number)"), now: { 0 })
        }
        #expect(inbox.droppedRecords == 5)
        guard case .commit(_, let records) = inbox.nextStep(now: .max) else {
            Issue.record("the records are due")
            return
        }
        #expect(records.count == WriteInbox.recordLimit)
    }

    @Test func `Records on a full disk are dropped and counted, and reads go on`() throws {
        let vault = try folder.open()
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        try vault.change { vault throws(APIError) in
            try? vault.connection.execute("PRAGMA max_page_count = 1")
        }
        vault.append(.sample(String(repeating: "x", count: 500_000)))
        let deadline = WakeSignal.now + 5_000_000_000
        while vault.droppedAuditRecords == 0, WakeSignal.now < deadline { usleep(1_000) }
        #expect(vault.droppedAuditRecords == 1)
        #expect(try requestIDs(vault).isEmpty)
    }
}
