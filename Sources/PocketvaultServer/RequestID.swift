internal import Synchronization

/// The ids that answers carry as `x-amzn-RequestId`: UUIDs of version 4.
///
/// They must be unique, not unguessable, so the system is asked for random bits once and not for
/// every request.
enum RequestID {
    private static let start: (high: UInt64, low: UInt64) = {
        var generator = SystemRandomNumberGenerator()
        return (generator.next(), generator.next())
    }()
    private static let count = Atomic<UInt64>(0)

    static func make() -> String {
        // The step of SplitMix64, so that no two counts have the same words.
        let step = count.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        return UUIDText.make(
            from: (mixed(start.high &+ step), mixed(start.low &+ step)),
            version: 4
        )
    }

    /// SplitMix64's mixing, by which different words stay different.
    private static func mixed(_ word: UInt64) -> UInt64 {
        let first = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        let second = (first ^ (first >> 27)) &* 0x94D0_49BB_1331_11EB
        return second ^ (second >> 31)
    }
}

/// The text of a UUID, in lower case.
///
/// Not Foundation's, because one is needed for every request.
enum UUIDText {
    /// - Parameters:
    ///   - words: 128 bits, six of which give way to version and variant.
    ///   - version: the UUID's version.
    /// - Returns: the text, as in `f81d4fae-7dec-4d06-a765-00a0c91e6bf6`.
    static func make(from words: (high: UInt64, low: UInt64), version: UInt64) -> String {
        let high = words.high & ~0xF000 | version << 12
        let low = words.low & ~(0b11 << 62) | 0b10 << 62
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for shift in stride(from: 60, through: 0, by: -4) {
            if shift == 28 || shift == 12 { text.append(UInt8(ascii: "-")) }
            text.append(digit(high >> UInt64(shift)))
        }
        text.append(UInt8(ascii: "-"))
        for shift in stride(from: 60, through: 0, by: -4) {
            if shift == 44 { text.append(UInt8(ascii: "-")) }
            text.append(digit(low >> UInt64(shift)))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ word: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: word & 0xF)
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
