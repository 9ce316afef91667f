internal import COpenSSL

/// Comparison that takes the same time wherever two values differ.
package enum ConstantTime {
    /// Whether both hold the same bytes.
    ///
    /// The time depends on the lengths only, which are taken to be public: signatures, tags and
    /// check values have one length each. Different lengths are unequal.
    package static func equal(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && CRYPTO_memcmp(first, second, first.count) == 0
    }
}
