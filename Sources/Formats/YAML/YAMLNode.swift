import Notation

/// A part of a YAML document.
struct YAMLNode {
    /// The line that it begins in, from 1.
    let line: Int
    let content: Content

    indirect enum Content {
        /// A scalar; one that is plain, without quotes, may stand for a number or the like.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([(key: String, value: YAMLNode)])
    }

    /// The node under a key of a mapping.
    subscript(key: String) -> YAMLNode? {
        guard case .mapping(let members) = content else { return nil }
        return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The text of a scalar that is a string in every reading of YAML; nil for any other node.
    var text: String? {
        guard case .scalar(let text, let isPlain) = content, !isPlain || !Self.isTyped(text) else {
            return nil
        }
        return text
    }

    /// Whether nothing stands there.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// Whether some reader of YAML takes a plain scalar for something else than a string.
    private static func isTyped(_ text: String) -> Bool {
        if ["", "~", ".inf", ".nan", "-.inf", "+.inf"].contains(text.lowercased()) { return true }
        let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        if words.contains(text.lowercased()) { return true }
        let digits = text.utf8.drop { "+-.".utf8.contains($0) }
        guard let first = digits.first, ASCII.isDigit(first) else { return false }
        if digits.starts(with: "0x".utf8) {
            return digits.dropFirst(2).allSatisfy { ASCII.hexadecimalValue($0) != nil }
        }
        // Numbers to any base, 60 among them, and dates.
        return digits.allSatisfy { ASCII.isDigit($0) || "+-._:eEobTZ ".utf8.contains($0) }
    }
}
