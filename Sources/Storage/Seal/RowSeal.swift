internal import Cryptography
internal import Notation

/// What the vault keeps of the sums of its rows: a keyed code over all of them, and a short one for
/// each part, by which those that differ are found.
struct RowSeal: Equatable {
    /// What the key is used for: the first byte of all that is hashed.
    enum Purpose: UInt8 {
        case row = 1
        case part = 2
        case whole = 3
    }

    /// The form of the stored bytes.
    private static let form: UInt8 = 1
    private static let codeLength = HMACSHA256.byteCount

    /// Covers the sum of all rows, and the codes of the parts.
    let code: [UInt8]
    /// In no order that means anything: a part is found by its code being among them.
    let parts: [UInt64]

    init(of sums: RowSums, parts: [UInt64], _ mac: RepeatedHMAC) {
        self.parts = parts
        code = RowSeal.code(over: sums.total, parts, mac)
    }

    /// Reads what `bytes` wrote, genuine or not; nil for anything else.
    init?(_ stored: [UInt8]) {
        let codes = stored.dropFirst(1 + RowSeal.codeLength)
        guard stored.first == RowSeal.form, stored.count >= 1 + RowSeal.codeLength,
            codes.count.isMultiple(of: 8)
        else { return nil }
        code = Array(stored[1..<codes.startIndex])
        parts = stride(from: codes.startIndex, to: codes.endIndex, by: 8).map { start in
            codes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    var bytes: [UInt8] {
        var bytes = [RowSeal.form] + code
        for part in parts { bytes.appendWord(part) }
        return bytes
    }

    /// What the end of the trail says of it: rows of an earlier time do not fit a later trail.
    var mark: String { Hexadecimal.string(Array(code.prefix(16))) }

    /// Whether it is the seal of rows with this sum.
    func fits(_ total: RowSum, _ mac: RepeatedHMAC) -> Bool {
        ConstantTime.equal(code, RowSeal.code(over: total, parts, mac))
    }

    private static func code(
        over total: RowSum,
        _ parts: [UInt64],
        _ mac: RepeatedHMAC
    ) -> [UInt8] {
        var bytes = [Purpose.whole.rawValue]
        total.append(to: &bytes)
        for part in parts { bytes.appendWord(part) }
        let words = mac.authenticate(bytes)
        var code: [UInt8] = []
        for word in [words.0, words.1, words.2, words.3] { code.appendWord(word) }
        return code
    }
}

/// The codes of all parts, of which only those are made again that a change has touched.
struct PartCodes {
    private var sums: RowSums?
    private(set) var codes = [UInt64](repeating: 0, count: SealedPart.all.count)

    mutating func update(to sums: RowSums, _ mac: RepeatedHMAC) {
        for place in codes.indices where sums.parts[place] != self.sums?.parts[place] {
            var bytes = [RowSeal.Purpose.part.rawValue] + Array(SealedPart.names[place].utf8) + [0]
            sums.parts[place].append(to: &bytes)
            codes[place] = mac.authenticate(bytes).0
        }
        self.sums = sums
    }
}

/// What came of holding the rows against the seal.
enum RowFinding: Equatable {
    case sound
    /// Nothing was sealed yet.
    case unsealed
    /// These tables have rows that they did not have, or lack some.
    case changed([String])
    /// The seal fits, and the trail is from another time.
    case ofAnotherTime

    /// The tables that differ, or that of the seal where no other can be named.
    var tables: [String] {
        switch self {
        case .sound: []
        case .unsealed, .ofAnotherTime: [Table.meta.name]
        case .changed(let tables): tables
        }
    }

    /// Why a vault is not opened; nil when its rows are those that were sealed.
    func refusal(at path: String) -> VaultOpeningError? {
        switch self {
        case .sound: nil
        case .unsealed: .unsealedRows(path)
        case .changed(let tables): .changedRows(path, in: tables)
        case .ofAnotherTime: .rowsOfAnotherTime(path)
        }
    }
}
