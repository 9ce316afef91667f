/// A text in which `*` stands for any characters.
package struct StarPattern: Sendable, Equatable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether a whole text is what the pattern describes.
    package func matches(_ other: String) -> Bool {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "*"),
            omittingEmptySubsequences: false
        )
        let bytes = Array(other.utf8)
        guard parts.count > 1 else { return bytes.elementsEqual(text.utf8) }
        guard bytes.starts(with: parts[0]) else { return false }
        var rest = bytes.dropFirst(parts[0].count)
        // As far to the left as it goes: no choice has ever to be taken back.
        for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        let end = parts[parts.count - 1]
        return rest.count >= end.count && rest.suffix(end.count).elementsEqual(end)
    }
}
