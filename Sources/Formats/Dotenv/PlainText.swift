import Notation

/// Values that mean the same with and without quotes, in every format here.
enum PlainText {
    /// Whether a value is not empty and has letters, digits and `_-./:@%+,=` only.
    static func isPlain(_ value: some Collection<UInt8>) -> Bool {
        !value.isEmpty && value.allSatisfy { ASCII.isAlphanumeric($0) || marks.contains($0) }
    }

    private static let marks = Set("_-./:@%+,=".utf8)
}
