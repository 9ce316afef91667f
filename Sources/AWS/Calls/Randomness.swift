internal import Notation

/// The random numbers of identifiers and passwords, from a source that tests can seed.
package struct Randomness: RandomNumberGenerator, Sendable {
    private let word: @Sendable () -> UInt64

    /// - Parameter word: gives 64 random bits a call, from any thread.
    package init(word: @escaping @Sendable () -> UInt64) {
        self.word = word
    }

    package func next() -> UInt64 { word() }
}

extension Randomness {
    /// A random UUID, of version 4.
    package func uuid() -> String {
        UUIDText.make(from: (next(), next()), version: 4)
    }
}
