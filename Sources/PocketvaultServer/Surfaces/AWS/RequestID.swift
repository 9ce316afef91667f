internal import AWS
internal import Notation
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
