import JSON

/// A generator whose sequence its seed decides, so that a failure can be had again.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension JSONValue {
    /// A value nested no deeper than this, made of what is awkward.
    static func random(depth: Int, using generator: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .number(.random(using: &generator))
        case 3, 4: return .string(.random(using: &generator))
        case 5:
            let count = Int.random(in: 0...5, using: &generator)
            return .array((0..<count).map { _ in .random(depth: depth - 1, using: &generator) })
        default:
            // Now and then more members than an object searches one by one.
            let count = Int.random(in: 0...(depth == 1 ? 40 : 5), using: &generator)
            let members = (0..<count).map { _ in
                (String.random(using: &generator), random(depth: depth - 1, using: &generator))
            }
            return .object(JSONObject(members))
        }
    }
}

extension JSONNumber {
    static func random(using generator: inout SplitMix64) -> JSONNumber {
        let integer =
            Int64(bitPattern: generator.next()) >> Int64.random(in: 0..<64, using: &generator)
        guard Bool.random(using: &generator) else { return JSONNumber(integer) }
        let fraction = UInt16.random(in: 0...999, using: &generator)
        let exponent = Int16.random(in: -400...400, using: &generator)
        return JSONNumber(text: "\(integer).\(fraction)e\(exponent)") ?? JSONNumber(integer)
    }
}

extension String {
    fileprivate static func random(using generator: inout SplitMix64) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0x00...0x1F, 0x20...0x7E, 0x22...0x22, 0x5C...0x5C, 0x7F...0xFF, 0x300...0x36F,
            0x2020...0x2030, 0xD7F0...0xD7FF, 0xE000...0xFFFF, 0x1F600...0x1F64F,
            0x10FFF0...0x10FFFF,
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...24, using: &generator) {
            let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
