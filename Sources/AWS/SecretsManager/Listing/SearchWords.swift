/// The words of texts, for the filters that match word by word: case does not count, and a word of
/// the query matches a word that begins with it.
struct SearchWords: Sendable {
    private var words: [String] = []

    /// The words of a text between its white space.
    init(plain text: String) {
        words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// Adds the words inside a name, a tag key or a tag value.
    ///
    /// They end where a lower-case letter is followed by a capital, where the last capital of a run
    /// begins a lower-case word, and at special characters; the latter only when the text holds a
    /// single kind of them. The whole text counts as a word too.
    mutating func add(tokenising text: String) {
        words += text.lowercased().split(separator: " ").map(String.init)
        let kinds = Set(text.filter { SearchWords.special.contains($0) })
        let separators: Set<Character> = kinds.count == 1 ? kinds.union([" "]) : [" "]
        for part in text.split(whereSeparator: { separators.contains($0) }) {
            words += SearchWords.splitAtCapitals(part).map { $0.lowercased() }
        }
    }

    /// Whether every word of a query begins some word.
    ///
    /// A word of special characters alone finds nothing.
    func match(_ query: String) -> Bool {
        let wanted = query.lowercased().split(whereSeparator: \.isWhitespace)
        guard !wanted.isEmpty else { return true }
        return wanted.allSatisfy { word in
            guard !word.allSatisfy({ SearchWords.special.contains($0) }) else { return false }
            return words.contains { $0.hasPrefix(word) }
        }
    }

    private static let special: Set<Character> = ["/", "_", "+", "=", ".", "@", "-"]

    /// `SecretOne` is `Secret`, `One`; `COMPANYthings` is `COMPAN`, `Ythings`.
    private static func splitAtCapitals(_ text: Substring) -> [String] {
        let characters = Array(text)
        var parts: [String] = []
        var part = ""
        for (index, character) in characters.enumerated() {
            if index > 0, character.isUppercase {
                let followsLower = characters[index - 1].isLowercase
                let precedesLower =
                    index + 1 < characters.count && characters[index + 1].isLowercase
                if followsLower || precedesLower {
                    parts.append(part)
                    part = ""
                }
            }
            part.append(character)
        }
        parts.append(part)
        return parts.filter { !$0.isEmpty }
    }
}
