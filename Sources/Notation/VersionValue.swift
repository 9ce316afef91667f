/// The value of a secret's version: text or bytes, which AWS tells apart.
///
/// It prints as nothing that tells it.
package enum VersionValue: Sendable, CustomStringConvertible, CustomReflectable {
    case text(String)
    case binary([UInt8])

    /// Bytes of which nothing more is known: text when they are UTF-8.
    package init(_ bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self = .text(text)
        } else {
            self = .binary(bytes)
        }
    }

    /// As it is, byte for byte.
    package var bytes: [UInt8] {
        switch self {
        case .text(let text): Array(text.utf8)
        case .binary(let bytes): bytes
        }
    }

    /// Whether its bytes alone would pass for text, though it is none.
    package var isBinaryLikeText: Bool {
        guard case .binary(let bytes) = self else { return false }
        return String(validating: bytes, as: UTF8.self) != nil
    }

    package var description: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension VersionValue: Equatable {
    /// Compares byte for byte, where strings would compare by meaning.
    package static func == (left: VersionValue, right: VersionValue) -> Bool {
        switch (left, right) {
        case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
        case (.binary(let left), .binary(let right)): left == right
        default: false
        }
    }
}
