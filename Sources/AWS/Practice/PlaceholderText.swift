internal import Notation

/// Words that stand where a value should.
enum PlaceholderText {
    /// Whether a value, or what a part of it holds, is one.
    static func isFound(in parts: ValueParts) -> Bool {
        if let text = parts.text, isPlaceholder(text) || isWeak(text) { return true }
        if let password = parts.urlPassword, isPlaceholder(password) || isWeak(password) {
            return true
        }
        return parts.members.contains { member in
            isPlaceholder(member.text) || (member.isSensitive && isWeak(member.text))
        }
    }

    /// Whether it is nothing else than a place for a value.
    static func isPlaceholder(_ text: String) -> Bool {
        let text = trimmed(text)
        if text.isEmpty || isRow(text) || isBracketed(text) { return true }
        let word = letters(of: text)
        if words.contains(word) { return true }
        if beginnings.contains(where: { word.hasPrefix($0) }) && text.utf8.count <= 64 {
            return true
        }
        let isYours = word.hasPrefix("your") || word.hasPrefix("my") || word.hasPrefix("insert")
        return isYours && (word.hasSuffix("here") || nouns.contains { word.hasSuffix($0) })
    }

    /// Whether it is a word that is no placeholder where it is not meant to be secret.
    static func isWeak(_ text: String) -> Bool {
        weakWords.contains(letters(of: trimmed(text)))
    }

    /// The same sign again and again, as in `xxxxxx` or `***`.
    private static func isRow(_ text: String) -> Bool {
        guard text.utf8.count >= 3, let first = text.lowercased().first else { return false }
        return "x*.?-_#0".contains(first) && text.lowercased().allSatisfy { $0 == first }
    }

    /// As in `<password>`, `${PASSWORD}` or `{{ password }}`.
    private static func isBracketed(_ text: String) -> Bool {
        [("<", ">"), ("${", "}"), ("{{", "}}"), ("%", "%")].contains { opening, closing in
            text.utf8.count > 2 && text.utf8.count <= 128 && text.hasPrefix(opening)
                && text.hasSuffix(closing)
        }
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace = { (character: Character) in character.isWhitespace }
        return String(String(text.drop(while: isSpace).reversed()).drop(while: isSpace).reversed())
    }

    /// The letters and digits alone, so that `CHANGE_ME` and `change-me` are one word.
    private static func letters(of text: String) -> String {
        guard text.utf8.count <= 256 else { return text }
        return String(decoding: text.lowercased().utf8.filter(ASCII.isAlphanumeric), as: UTF8.self)
    }

    private static let words: Set<String> = [
        "todo", "tbd", "tba", "fixme", "placeholder", "dummy", "fillme", "fillin", "notset",
        "unset", "changeit", "replace", "redacted", "examplevalue", "secretvalue",
    ]
    private static let beginnings = [
        "changeme", "changethis", "replaceme", "replacethis", "replacewith", "putyour", "enteryour",
        "insertyour",
    ]
    private static let nouns: Set<String> = [
        "password", "secret", "key", "token", "value", "url", "credentials",
    ]
    private static let weakWords: Set<String> = [
        "test", "testing", "example", "sample", "default", "none", "null", "nil", "undefined",
        "na", "secret", "password", "passwd", "pass", "pwd", "admin", "root", "user", "foo",
        "bar", "foobar", "1234", "12345", "123456", "12345678", "123456789", "abc123", "qwerty",
        "letmein", "s3cr3t", "supersecret", "topsecret", "password1", "password123",
    ]
}
