/// The protected bytes themselves, which print as `<redacted>` wherever they end up.
package struct SecretValue: Sendable {
    /// Which of the two members carries the value on the wire.
    package enum Kind: Int64, Sendable {
        case string = 1
        case binary = 2
    }

    package let kind: Kind
    /// UTF-8 of a SecretString, or the decoded bytes of a SecretBinary.
    package let bytes: [UInt8]

    package init(kind: Kind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// Whether both hold the same value, in a time that does not tell where they differ.
    package func isSame(as other: SecretValue) -> Bool {
        guard kind == other.kind, bytes.count == other.bytes.count else { return false }
        var difference: UInt8 = 0
        for index in bytes.indices {
            difference |= bytes[index] ^ other.bytes[index]
        }
        return difference == 0
    }

    /// The most bytes that a value may have.
    static let maximumLength = 65_536
}

extension SecretValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
