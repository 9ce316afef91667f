internal import AWS
internal import Cryptography
internal import Notation

/// Records that follow one another, in one row of the trail.
///
/// Its bytes are segments: the records that one commit brought, with their length before and their
/// seal behind them. It takes records of several commits, so that a trail of single calls has few rows
/// too; and of one day only, because days are forgotten whole.
struct AuditBlock {
    let first: Int64
    private(set) var summary: AuditSummary
    private var writer = AuditRecordWriter()

    /// One that has no records yet.
    init(first: Int64) {
        self.first = first
        summary = AuditSummary(first: first)
    }

    /// One that was stored, to go on with; nil if it was tampered with.
    init?(first: Int64, bytes: [UInt8]) {
        self.init(first: first)
        var reader = AuditBlockReader(first: first, bytes: bytes)
        while let segment = reader.next() {
            var position = writer.count
            _ = write(reader.records, from: &position, .max, .max)
            writer.append(segment.seal)
        }
        guard self.bytes == bytes else { return nil }
    }

    var bytes: [UInt8] { writer.bytes }

    /// Whether a later commit of so many records may add to it: what it has is written once more, which
    /// must cost little beside what is added.
    func takes(_ records: Int) -> Bool {
        bytes.count < AuditBlock.pageByteLimit || records * 4 >= writer.count
    }

    /// Takes records as one segment, as many as there is room for.
    ///
    /// - Parameters:
    ///   - records: those that wait.
    ///   - position: of the first that waits.
    ///   - capacity: how many records a block may have.
    ///   - chain: which seals them.
    ///   - hash: of the segment before.
    /// - Returns: the seal; nil if the block takes none of them.
    /// - Throws: libcrypto's failure.
    mutating func take(
        _ records: [AuditRecord],
        from position: inout Int,
        capacity: Int,
        _ chain: AuditChain,
        after hash: [UInt8]
    ) throws(CryptographyError) -> [UInt8]? {
        let start = summary.last + 1
        let segment = write(records, from: &position, capacity, AuditBlock.byteLimit)
        guard let segment else { return nil }
        let seal = chain.seal(bytes[segment], from: start, inBlock: first, after: hash)
        writer.append(seal)
        return seal
    }

    /// Writes a segment up to its seal, and gives where its records stand; nil if there are none.
    private mutating func write(
        _ records: [AuditRecord],
        from position: inout Int,
        _ capacity: Int,
        _ byteLimit: Int
    ) -> Range<Int>? {
        let length = bytes.count
        let start = length + AuditBlock.lengthByteCount
        while position < records.count, writer.count < capacity, bytes.count < byteLimit,
            summary.hasDay(of: records[position])
        {
            if bytes.count == length { writer.append(repeatElement(0, count: start - length)) }
            summary.note(records[position])
            writer.write(records[position])
            position += 1
        }
        guard bytes.count > start else { return nil }
        writer.replace(at: length, with: UInt32(bytes.count - start))
        return start..<bytes.count
    }

    /// How many records a block may have where the trail keeps so many: they are forgotten together.
    static func capacity(keeping limit: Int) -> Int {
        min(256, max(1, limit / 8))
    }

    /// Of the length of a segment, which stands before it.
    static let lengthByteCount = 4
    /// With one more call, and the row's other columns, it fits into a page of 4,096 bytes.
    private static let pageByteLimit = 3_000
    private static let byteLimit = 32 << 10
}

/// What a row of the trail tells of its records beside them, to find them by.
struct AuditSummary: Equatable {
    private(set) var last: Int64
    private(set) var earliest = Timestamp(milliseconds: .max)
    private(set) var latest = Timestamp(milliseconds: .min)
    private(set) var kinds: TrailFilter.Kinds = []

    init(of records: [AuditRecord] = [], first: Int64) {
        last = first &- 1
        for record in records { note(record) }
    }

    /// As a row has it.
    init(last: Int64, earliest: Timestamp, latest: Timestamp, kinds: TrailFilter.Kinds) {
        self.last = last
        self.earliest = earliest
        self.latest = latest
        self.kinds = kinds
    }

    mutating func note(_ record: AuditRecord) {
        // A number that somebody put into the file may be the last one there is.
        last &+= 1
        earliest = min(earliest, record.time)
        latest = max(latest, record.time)
        kinds.formUnion(TrailFilter.Kinds(of: record))
    }

    /// Whether a record is of the same day as the others, if there are any.
    func hasDay(of record: AuditRecord) -> Bool {
        earliest > latest || day(earliest) == day(record.time)
    }

    private func day(_ time: Timestamp) -> Int64 {
        time.milliseconds.dividedRoundingDown(by: Timestamp.millisecondsPerDay)
    }
}
