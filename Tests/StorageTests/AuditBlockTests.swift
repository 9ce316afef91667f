import AWS
import Cryptography
import Notation
import Testing

@testable import Storage

@Suite("Records in a block")
struct AuditBlockTests {
    let chain: AuditChain
    let start = [UInt8](repeating: 0, count: 32)

    init() throws {
        chain = AuditChain(key: try KeyMaterial.random())
    }

    private func records(_ count: Int, _ seed: UInt64) -> [AuditRecord] {
        var dice = Dice(state: seed)
        return (0..<count).map { number in
            let time = Timestamp(milliseconds: Timestamp.noon.milliseconds + Int64(number * 7))
            return AuditRecord.any(at: time, "request \(number)", using: &dice)
        }
    }

    /// The seal, and how many are left.
    private func take(
        _ records: [AuditRecord],
        into block: inout AuditBlock,
        _ capacity: Int = 256,
        after hash: [UInt8]
    ) throws -> (seal: [UInt8], left: Int)? {
        var position = 0
        let seal = try block.take(
            records,
            from: &position,
            capacity: capacity,
            chain,
            after: hash
        )
        return seal.map { ($0, records.count - position) }
    }

    /// As many as a block takes in commits of so many.
    private func block(
        of records: [AuditRecord],
        commits size: Int,
        capacity: Int = 256
    ) throws -> AuditBlock {
        var block = AuditBlock(first: 1)
        var hash = start
        for commit in stride(from: 0, to: records.count, by: size) {
            let records = Array(records[commit..<min(records.count, commit + size)])
            guard let seal = try take(records, into: &block, capacity, after: hash)?.seal else {
                break
            }
            hash = seal
        }
        return block
    }

    @Test("come back as they were, byte for byte, whatever stands in them", arguments: 0..<20)
    func roundTrip(seed: UInt64) throws {
        let records = records(200, seed)
        let block = try block(of: records, commits: [1, 3, 40, 200][Int(seed) % 4])
        let entries = AuditBlockReader.entries(first: 1, bytes: block.bytes)
        #expect(entries.map(\.sequence) == Array(1...Int64(entries.count)))
        #expect(block.summary.last == Int64(entries.count) && entries.count > 100)
        for (entry, record) in zip(entries, records) {
            #expect(entry.record == record)
            #expect(entry.record.bytesOfTexts == record.bytesOfTexts)
        }
    }

    @Test("each text stands in the bytes as it is")
    func texts() throws {
        let block = try block(of: records(200, 5), commits: 50)
        let bytes = String(decoding: block.bytes, as: UTF8.self)
        for entry in AuditBlockReader.entries(first: 1, bytes: block.bytes) {
            for case let text? in entry.record.bytesOfTexts {
                #expect(text.isEmpty || bytes.utf8.contains(text))
            }
        }
    }

    @Test("a block goes on as if it had never been stored")
    func goesOn() throws {
        let records = records(20, 9)
        let whole = try block(of: records, commits: 1)
        let half = try block(of: Array(records.prefix(10)), commits: 1)
        var stored = try #require(AuditBlock(first: 1, bytes: half.bytes))
        var hash = Array(half.bytes.suffix(32))
        for record in records.dropFirst(10) {
            hash = try #require(try take([record], into: &stored, after: hash)).seal
        }
        #expect(stored.bytes == whole.bytes && stored.summary == whole.summary)
    }

    @Test("records of the same thing take little room")
    func size() throws {
        let records = (0..<200).map { number in
            let arn =
                "arn:aws:secretsmanager:us-east-1:000000000000:secret:app/\(number % 5)-AbCdEf"
            return AuditRecord.sample(String(36_000 + number), secretARN: arn)
        }
        let block = try block(of: records, commits: 200)
        #expect(block.bytes.count < 200 * 20)
    }

    @Test("a block is of one day, and of no more records than it may have")
    func limits() throws {
        let day = Timestamp.noon.startOfDay
        let last = Timestamp(milliseconds: day.milliseconds + Timestamp.millisecondsPerDay - 1)
        let records: [AuditRecord] = [
            .sample("a", at: day), .sample("b", at: last), .sample("c", at: day.adding(days: 1)),
        ]
        var block = AuditBlock(first: 1)
        #expect(try take(records, into: &block, after: start)?.left == 1)
        #expect(try take([records[2]], into: &block, after: start) == nil)
        let many = Array(repeating: AuditRecord.sample("m", at: day), count: 9)
        #expect(try take(many, into: &block, 5, after: start)?.left == 6)
        #expect(block.summary.last == 5)
        #expect(try take(many, into: &block, 5, after: start) == nil)
        #expect(AuditBlock.capacity(keeping: 1) == 1 && AuditBlock.capacity(keeping: 100) == 12)
        #expect(AuditBlock.capacity(keeping: 100_000) == 256)
    }

    @Test("a page is written once more for one record, several pages for a fourth of their records")
    func growth() throws {
        #expect(try block(of: records(4, 1), commits: 1).takes(1))
        let long = try block(of: records(100, 1), commits: 100)
        #expect(long.bytes.count > 4_096 && !long.takes(24) && long.takes(25))
    }

    @Test("bytes that anybody changed are read as far as they go, and nothing breaks")
    func damage() throws {
        let records = records(30, 3)
        let bytes = try block(of: records, commits: 4).bytes
        var ends: [(end: Int, count: Int64)] = [(0, 0)]
        var reader = AuditBlockReader(first: 1, bytes: bytes)
        while let segment = reader.next() { ends.append((segment.seal.endIndex, segment.last)) }
        var dice = Dice(state: 1)
        for _ in 0..<5_000 {
            var damaged = bytes
            var untouched = bytes.count
            for _ in 0..<Int.random(in: 1...4, using: &dice) {
                guard let place = damaged.indices.randomElement(using: &dice) else { break }
                untouched = min(untouched, place)
                switch Int.random(in: 0..<3, using: &dice) {
                case 0: damaged[place] = UInt8.random(in: 0...255, using: &dice)
                case 1: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
                default: damaged.removeSubrange(place...)
                }
            }
            let intact = Int(ends.last { $0.end <= untouched }?.count ?? 0)
            let found = AuditBlockReader.entries(first: .max, bytes: damaged).map(\.record)
            #expect(found.prefix(intact) == records.prefix(intact))
            _ = AuditBlock(first: 1, bytes: damaged)
        }
    }
}
