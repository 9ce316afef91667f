internal import AWS
internal import Glibc
internal import Notation

/// Writes the records of a block, each as what differs from an earlier one: the newest that tells the
/// same of the same thing, else of any thing, else the one before it.
///
/// A text that a record has stands in the block's bytes at least once, whole and as it is: that is
/// how a look-up passes over blocks (`AuditBlockTable.search`), and where the texts of earlier
/// records are found here. `AuditRecordReader` reads them.
struct AuditRecordWriter {
    /// The block so far.
    private(set) var bytes: [UInt8] = []
    private var records: [WrittenRecord] = []
    /// Where the newest record of a kind is looked for, by a few bytes of what it tells.
    ///
    /// Kinds that share a place take it from each other, which costs bytes and no more.
    private var newest = [Int](repeating: -1, count: 256)
    /// Which texts of the present record differ, and how many were looked at.
    private var differences: UInt32 = 0
    private var textCount = 0

    var count: Int { records.count }

    mutating func append(_ further: some Collection<UInt8>) {
        bytes.append(contentsOf: further)
    }

    /// Writes a number over four bytes.
    mutating func replace(at place: Int, with number: UInt32) {
        for index in 0..<4 {
            bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(index)))
        }
    }

    /// How far back the record stands from which it differs, one more than there are for none; which
    /// fields do, in three bytes; its time, from the other's; and these fields.
    mutating func write(_ record: AuditRecord) {
        let place = records.count
        let earlier = self.earlier(than: record, at: place)
        var written = earlier < 0 ? WrittenRecord() : records[earlier]
        bytes.append(number: UInt64(place - earlier))
        let start = bytes.count
        bytes.append(contentsOf: [0, 0, 0])
        bytes.append(signed: record.time.milliseconds &- written.time)
        written.time = record.time.milliseconds
        (differences, textCount) = (0, 0)
        record.forEachText { write($0, &written) }
        writeRest(of: record, &written)
        for index in 0..<3 {
            bytes[start + index] = UInt8(truncatingIfNeeded: differences >> (8 * UInt32(index)))
        }
        records.append(written)
    }

    /// The place of the record from which one differs; -1 for none.
    private mutating func earlier(than record: AuditRecord, at place: Int) -> Int {
        var key = UInt64(record.eventName.utf8.count)
        for byte in record.eventName.utf8.prefix(8) { key = key &* 31 &+ UInt64(byte) }
        let event = slot(key)
        // The end of an ARN is what nobody chose.
        for byte in (record.resourceARN ?? "").utf8.suffix(8) { key = key &* 31 &+ UInt64(byte) }
        let call = slot(key)
        defer { (newest[event], newest[call]) = (place, place) }
        if newest[call] >= 0 { return newest[call] }
        return newest[event] >= 0 ? newest[event] : place - 1
    }

    private func slot(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }

    /// One more than its length, and the text; 0 where there is none.
    private mutating func write(_ text: String?, _ written: inout WrittenRecord) {
        let number = textCount
        textCount += 1
        guard !isSame(text, written.texts[number]) else { return }
        differences |= 1 << UInt32(number)
        guard let text else {
            bytes.append(0)
            written.texts[number] = .none
            return
        }
        let count = text.utf8.count
        bytes.append(number: UInt64(count) + 1)
        written.texts[number] = WrittenText(start: UInt32(bytes.count), count: Int32(count))
        bytes.append(text: text)
    }

    /// By their bytes: to Swift two texts are equal that only look the same.
    private func isSame(_ text: String?, _ written: WrittenText) -> Bool {
        guard let text else { return written.count < 0 }
        guard text.utf8.count == Int(written.count) else { return false }
        let start = Int(written.start)
        return text.utf8.withContiguousStorageIfAvailable { text in
            bytes.withUnsafeBufferPointer { bytes in
                guard let other = bytes.baseAddress, let text = text.baseAddress else {
                    return true
                }
                return memcmp(text, other + start, Int(written.count)) == 0
            }
        } ?? text.utf8.elementsEqual(bytes[start..<start + Int(written.count)])
    }

    private mutating func writeRest(
        of record: AuditRecord,
        _ written: inout WrittenRecord
    ) {
        let startedAt = record.sessionStartedAt?.milliseconds
        if startedAt != written.sessionStartedAt {
            differences |= 1 << UInt32(WrittenRecord.textCount)
            written.sessionStartedAt = startedAt
            bytes.append(startedAt == nil ? 0 : 1)
            if let startedAt { bytes.append(signed: startedAt) }
        }
        // It differs or it does not: there is no more to say.
        if record.isReadOnly != written.isReadOnly {
            differences |= 1 << UInt32(WrittenRecord.textCount + 1)
            written.isReadOnly = record.isReadOnly
        }
    }
}

/// What later records are compared with.
private struct WrittenRecord {
    static let textCount = 19

    var time: Int64 = 0
    var sessionStartedAt: Int64?
    var isReadOnly = false
    /// By the order in which they are written; the blank record has none.
    var texts = InlineArray<19, WrittenText>(repeating: .none)
}

/// Where a text stands in the block.
private struct WrittenText {
    let start: UInt32
    /// In bytes; below 0 where there is no text.
    let count: Int32

    static let none = WrittenText(start: 0, count: -1)
}

extension [UInt8] {
    /// Seven bits in each byte, the lowest first; the last byte is below 128.
    mutating func append(number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    /// The sign goes to the lowest bit, so that what is near zero is short.
    mutating func append(signed number: Int64) {
        append(number: UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }
}
