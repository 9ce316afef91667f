internal import Cryptography

/// The sum of the keyed hashes of rows, modulo 2^256.
///
/// It does not depend on the order of the rows, and a row is taken in or out without the others. It is
/// in no file: from sums one could learn the hashes of single rows, and then look for rows whose sum
/// is the same.
struct RowSum: Equatable, Sendable {
    /// From the least to the greatest.
    private var words: SIMD4<UInt64>

    static let zero = RowSum(words: SIMD4(repeating: 0))

    private init(words: SIMD4<UInt64>) {
        self.words = words
    }

    init(_ code: RepeatedHMAC.Words) {
        words = SIMD4(code.0, code.1, code.2, code.3)
    }

    static func += (sum: inout RowSum, other: RowSum) {
        var carry: UInt64 = 0
        for place in 0..<4 {
            let (partial, first) = sum.words[place].addingReportingOverflow(other.words[place])
            let (whole, second) = partial.addingReportingOverflow(carry)
            sum.words[place] = whole
            carry = first || second ? 1 : 0
        }
    }

    static func -= (sum: inout RowSum, other: RowSum) {
        var borrow: UInt64 = 0
        for place in 0..<4 {
            let (partial, first) = sum.words[place].subtractingReportingOverflow(other.words[place])
            let (whole, second) = partial.subtractingReportingOverflow(borrow)
            sum.words[place] = whole
            borrow = first || second ? 1 : 0
        }
    }

    /// Its 32 bytes.
    func append(to bytes: inout [UInt8]) {
        for place in 0..<4 { bytes.appendWord(words[place]) }
    }
}

extension [UInt8] {
    /// A number's eight bytes, the least first.
    mutating func appendWord(_ number: UInt64) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
