internal import AWS

/// The ids that answers carry as `x-amzn-RequestId`: UUIDs of version 4.
enum RequestID {
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        // At once, because each call of the generator is one of the system.
        let bits: UInt128 = generator.next()
        let words = (UInt64(truncatingIfNeeded: bits >> 64), UInt64(truncatingIfNeeded: bits))
        return UUIDText.make(from: words, version: 4)
    }
}
