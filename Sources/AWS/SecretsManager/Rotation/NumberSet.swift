/// A set of numbers from 0 to 63, in one word: the hours, days or months that a field of a cron
/// expression stands for.
struct NumberSet: Sendable, Hashable {
    private var bits: UInt64 = 0

    init() {}

    init(_ numbers: some Sequence<Int>) {
        for number in numbers { insert(number) }
    }

    var isEmpty: Bool { bits == 0 }

    var count: Int { bits.nonzeroBitCount }

    var first: Int? { first(from: 0) }

    var last: Int? { isEmpty ? nil : UInt64.bitWidth - 1 - bits.leadingZeroBitCount }

    func contains(_ number: Int) -> Bool { bits >> UInt64(number) & 1 == 1 }

    /// The smallest number of the set that is at least `number`.
    func first(from number: Int) -> Int? {
        let rest = bits >> UInt64(number)
        return rest == 0 ? nil : number + rest.trailingZeroBitCount
    }

    /// The smallest distance between two numbers of the set; nil with fewer than two.
    var smallestGap: Int? {
        guard count > 1 else { return nil }
        return (1..<UInt64.bitWidth).first { bits & (bits >> UInt64($0)) != 0 }
    }

    mutating func insert(_ number: Int) {
        bits |= 1 << UInt64(number)
    }

    mutating func formUnion(_ other: NumberSet) {
        bits |= other.bits
    }
}
