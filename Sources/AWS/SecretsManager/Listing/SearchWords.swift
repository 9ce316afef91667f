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
    /// begins a lower-case word, where a letter is followed by a digit, and at special characters;
    /// the latter only when the text holds a single kind of them. The whole text counts as a word
    /// too.
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
    ///
    /// - Parameters:
    ///   - query: what to look for.
    ///   - splitting: whether a word of the query may also be found part by part, split as names
    ///     are.
    /// - Returns: true for a query without words.
    func match(_ query: String, splitting: Bool = false) -> Bool {
        let wanted = query.split(whereSeparator: \.isWhitespace)
        return wanted.allSatisfy { word in
            guard !word.allSatisfy({ SearchWords.special.contains($0) }) else { return false }
            if begins(word.lowercased()) { return true }
            guard splitting else { return false }
            return SearchWords.splitAtCapitals(word).allSatisfy { begins($0.lowercased()) }
        }
    }

    private func begins(_ part: String) -> Bool { words.contains { $0.hasPrefix(part) } }

    private static let special: Set<Character> = ["/", "_", "+", "=", ".", "@", "-"]

    /// `SecretOne` is `Secret`, `One`; `COMPANYthings` is `COMPAN`, `Ythings`.
    private static func splitAtCapitals(_ text: Substring) -> [String] {
        let characters = Array(text)
        var parts: [String] = []
        var part = ""
        for (index, character) in characters.enumerated() {
            if index > 0, beginsWord(at: index, of: characters) {
                parts.append(part)
                part = ""
            }
            part.append(character)
        }
        parts.append(part)
        return parts.filter { !$0.isEmpty }
    }

    private static func beginsWord(at index: Int, of characters: [Character]) -> Bool {
        let (former, character) = (characters[index - 1], characters[index])
        if character.isNumber { return former.isLetter }
        guard character.isUppercase else { return false }
        let precedesLower = index + 1 < characters.count && characters[index + 1].isLowercase
        return former.isLowercase || precedesLower
    }
}
