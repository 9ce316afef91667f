internal import Notation
internal import PocketvaultServer

/// Values that look like others, none of which is one of those or equal to another.
struct InventedValues {
    private var inventor = ValueInventor(Machine().randomness)
    private var taken: Set<[UInt8]> = []

    /// So often something else is tried that looks the same; then it only has some length.
    private static let attempts = 32

    /// - Parameter originals: values that no invented one may be.
    init(besides originals: [VersionValue]) {
        taken = Set(originals.map(\.bytes))
    }

    mutating func value(like original: VersionValue) -> VersionValue {
        for _ in 0..<InventedValues.attempts {
            let invented = shaped(like: original)
            if taken.insert(invented.bytes).inserted { return invented }
        }
        // As few characters have as few values.
        let length = 32
        var letters = inventor.text(like: String(repeating: "a", count: length))
        while !taken.insert(Array(letters.utf8)).inserted {
            letters = inventor.text(like: letters)
        }
        return .text(letters)
    }

    private mutating func shaped(like original: VersionValue) -> VersionValue {
        switch original {
        case .text(let text): .text(inventor.text(like: text))
        case .binary(let bytes): .binary(inventor.bytes(like: bytes))
        }
    }
}
