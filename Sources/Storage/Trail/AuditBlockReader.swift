internal import AWS
internal import Cryptography

/// What one commit added to a block.
struct AuditSegment {
    let first: Int64
    let last: Int64
    let bytes: ArraySlice<UInt8>
    let seal: ArraySlice<UInt8>
    /// Whether it can be read to its end.
    let isWhole: Bool
}

/// Reads a block segment by segment, as far as it can be read.
struct AuditBlockReader {
    let first: Int64
    private let bytes: [UInt8]
    private var reader: AuditRecordReader
    private var isDamaged = false

    init(first: Int64, bytes: [UInt8]) {
        self.first = first
        self.bytes = bytes
        reader = AuditRecordReader(bytes)
    }

    /// Those of the segments that were read.
    var records: [AuditRecord] { reader.records }

    /// The next segment; nil at the end, and after one that cannot be read to its end.
    mutating func next() -> AuditSegment? {
        guard !isDamaged, !reader.isAtEnd else { return nil }
        let start = first &+ Int64(reader.records.count)
        do throws(AuditDamage) {
            return try segment(from: start)
        } catch {
            isDamaged = true
            return AuditSegment(first: start, last: start, bytes: [], seal: [], isWhole: false)
        }
    }

    private mutating func segment(from start: Int64) throws(AuditDamage) -> AuditSegment {
        var length = 0
        for byte in try reader.take(UInt64(AuditBlock.lengthByteCount)).reversed() {
            length = length << 8 | Int(byte)
        }
        let begin = reader.position
        guard length > 0, length <= bytes.count - begin else { throw AuditDamage() }
        let end = begin + length
        while reader.position < end { try reader.readRecord() }
        guard reader.position == end else { throw AuditDamage() }
        return AuditSegment(
            first: start,
            last: first &+ Int64(reader.records.count) &- 1,
            bytes: bytes[begin..<end],
            seal: try reader.take(UInt64(HMACSHA256.byteCount)),
            isWhole: true
        )
    }

    /// The records of a block with their places, as far as they can be read: what is wrong with the
    /// rest `audit verify` tells.
    static func entries(first: Int64, bytes: [UInt8]) -> [AuditEntry] {
        var reader = AuditBlockReader(first: first, bytes: bytes)
        while reader.next() != nil {}
        return reader.records.enumerated().map { index, record in
            AuditEntry(sequence: first &+ Int64(index), record: record)
        }
    }
}
