import AWS
import Notation
import Testing

@testable import Storage

@Suite("Looking through the trail")
struct TrailSearchTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// Records of several days: some as rows of a former version, the rest in blocks.
    private func write(_ count: Int, former: Int) throws -> [AuditRecord] {
        var dice = Dice(state: 7)
        var time = Timestamp.noon.milliseconds
        let records = (0..<count).map { number in
            time += Int64.random(in: -5...400_000, using: &dice)
            let record = AuditRecord.any(
                at: Timestamp(milliseconds: time),
                "request \(number)",
                using: &dice
            )
            return record
        }
        try folder.writeFormerTrail(Array(records.prefix(former)))
        let vault = try folder.open { $0.auditRecordLimit = count * 8 }
        var rest = records.dropFirst(former)
        while !rest.isEmpty {
            let commit = Array(rest.prefix([1, 1, 1, 2, 30, 300].randomElement(using: &dice) ?? 1))
            rest.removeFirst(commit.count)
            try vault.change { vault throws(APIError) in
                for record in commit { try vault.append(record) }
            }
        }
        vault.close()
        return records
    }

    private func matches(_ record: AuditRecord, _ filter: TrailFilter) -> Bool {
        let text = filter.text.map { Array($0.utf8) }
        return TrailFilter.Kinds(of: record).isSuperset(of: filter.kinds)
            && record.time >= filter.since ?? .noon.adding(days: -99)
            && record.time <= filter.until ?? .noon.adding(days: 99)
            && (text.map { text in
                record.bytesOfTexts.contains { $0?.contains(text) == true }
            } ?? true)
    }

    @Test("a filter misses nothing that a plain look would find, in the same order")
    func filters() throws {
        let records = try write(3_000, former: 200)
        let vault = try folder.open()
        defer { vault.close() }
        var dice = Dice(state: 11)
        let texts = records.flatMap(\.bytesOfTexts).compactMap { $0 }
            .map { String(decoding: $0, as: UTF8.self) }
        var passedOver = 0
        for round in 0..<150 {
            var filter = TrailFilter(
                kinds: TrailFilter.Kinds(
                    rawValue: Int64.random(in: 0..<32, using: &dice)
                        & Int64.random(in: 0..<32, using: &dice)
                )
            )
            if round.isMultiple(of: 2) { filter.text = texts.randomElement(using: &dice) }
            if round.isMultiple(of: 3) { filter.since = records.randomElement(using: &dice)?.time }
            if round.isMultiple(of: 5) { filter.until = records.randomElement(using: &dice)?.time }
            let limit = [1, 10, 500, 10_000].randomElement(using: &dice) ?? 1
            var found: [AuditEntry] = []
            var position: Int64?
            repeat {
                let piece = try vault.ask { [filter, position] vault throws(APIError) in
                    try vault.auditEntries(before: position, for: filter, limit: limit)
                }
                found += piece.entries
                position = piece.next
            } while position != nil
            passedOver += records.count - found.count
            #expect(found.map(\.sequence) == found.map(\.sequence).sorted(by: >))
            #expect(Set(found.map(\.sequence)).count == found.count)
            #expect(found.allSatisfy { $0.record == records[Int($0.sequence) - 1] })
            let expected = records.indices.reversed().filter { matches(records[$0], filter) }
            let wanted = found.filter { matches($0.record, filter) }.map { Int($0.sequence) - 1 }
            #expect(wanted == expected, "\(filter)")
        }
        #expect(passedOver > 150 * 500)
    }

    @Test("pages of any size, in both directions, are the trail", arguments: [1, 7, 100, 500])
    func pages(size: Int) throws {
        let records = try write(700, former: 20)
        let vault = try folder.open()
        defer { vault.close() }
        let (forward, backward) = try vault.ask { vault throws(APIError) in
            var forward: [AuditEntry] = []
            while case let page = try vault.auditEntries(
                after: forward.last?.sequence ?? 0,
                limit: size
            ), !page.isEmpty { forward += page }
            var backward: [AuditEntry] = []
            while case let page = try vault.auditEntries(
                before: backward.last?.sequence,
                limit: size
            ), !page.isEmpty {
                #expect(page.count <= size)
                backward += page
            }
            return (forward, backward)
        }
        #expect(forward.map(\.record) == records)
        #expect(forward == backward.reversed())
    }

    @Test("what a transaction appended is read in it, at the place that it has afterwards")
    func sameTransaction() throws {
        let vault = try folder.open()
        defer { vault.close() }
        try vault.change { vault throws(APIError) in try vault.append(.sample("first")) }
        let seen = try vault.change { vault throws(APIError) in
            try vault.append(.sample("second"))
            try? vault.atomically { vault throws(APIError) in
                try vault.append(.sample("undone"))
                throw APIError.unknownOperation
            }
            try vault.append(.sample("third"))
            return [
                try vault.auditEntries(before: nil, limit: 2).reversed(),
                try vault.auditEntries(after: 1, limit: 5),
            ]
        }
        let after = try vault.ask { vault throws(APIError) in
            try vault.auditEntries(after: 1, limit: 5)
        }
        #expect(seen == [after, after])
        #expect(after.map(\.record.requestID) == ["second", "third"])
    }

    @Test("what was committed before a crash is there, chained, and nothing else")
    func crash() throws {
        let vault = try folder.open()
        var copies = 0
        for number in 0..<40 {
            try vault.change { vault throws(APIError) in
                for part in 0...number % 3 { try vault.append(.sample("\(number) \(part)")) }
            }
            guard number % 8 == 7 else { continue }
            // As the files stand when the machine stops.
            copies += 1
            for file in ["vault.db", "vault.db-wal"] {
                try folder.write(folder.contents(of: file), to: "copy\(copies)-" + file)
            }
            let copy = try folder.open("copy\(copies)-vault.db")
            let (entries, verification) = (
                try copy.ask { vault throws(APIError) in
                    try vault.auditEntries(before: nil, limit: 1_000)
                },
                try copy.verifyAudit()
            )
            #expect(entries.first?.record.requestID == "\(number) \(number % 3)")
            #expect(verification.fault == nil && verification.chained == Int64(entries.count))
            try copy.change { vault throws(APIError) in try vault.append(.sample("goes on")) }
            #expect(try copy.verifyAudit().fault == nil)
            copy.close()
        }
        vault.close()
        #expect(copies == 5)
    }
}
