internal import JSON
internal import Notation

/// How a value looks in files, and what of it is looked for there.
enum SearchedValue {
    /// Shorter ones stand in every file.
    static let minimumLength = 8
    /// So much of a longer one is looked for.
    static let maximumLength = 4_096

    /// The bytes that betray a value: as it is, as JSON and URLs write it, in base64 as Kubernetes
    /// keeps it, and what is secret inside it.
    static func patterns(of value: SecretValue) -> Set<[UInt8]> {
        let parts = ValueParts(value)
        guard let text = parts.text else {
            return cut([value.bytes, base64(value.bytes)])
        }
        let members = parts.members.filter { member in
            member.isSensitive || (!member.isHarmless && isRandom(member.text))
        }
        var texts = members.map(\.text)
        if let password = parts.urlPassword {
            texts += [password]
            if let plain = PercentEncoding.decode(Array(password.utf8), malformed: .kept) {
                texts.append(String(decoding: plain, as: UTF8.self))
            }
        }
        texts.append(text)
        let telling = texts.filter { text in
            !PlaceholderText.isPlaceholder(text) && !PlaceholderText.isWeak(text)
        }
        var patterns: [[UInt8]] = telling.flatMap { text in
            let line = tellingLine(of: text)
            return [Array(line.utf8), escaped(line), Array(PercentEncoding.encode(line).utf8)]
        }
        if telling.contains(text) { patterns.append(base64(value.bytes)) }
        return cut(patterns)
    }

    private static func cut(_ patterns: [[UInt8]]) -> Set<[UInt8]> {
        Set(
            patterns.filter { $0.count >= minimumLength }.map { Array($0.prefix(maximumLength)) }
        )
    }

    /// What is found of several lines: files indent them, and end them in other ways.
    private static func tellingLine(of text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline)
        let line = lines.max { $0.utf8.count < $1.utf8.count } ?? ""
        return lines.count == 1 || line.utf8.count >= 16 ? String(line) : text
    }

    /// As it stands in a string of JSON.
    private static func escaped(_ text: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.string(text)
        return Array(writer.bytes.dropFirst().dropLast())
    }

    /// Without the end, which depends on what follows.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let text = Array(Base64.text(Array(bytes.prefix(bytes.count / 3 * 3))).utf8)
        return text.count >= 12 ? text : []
    }

    /// Whether a member that nothing says to be secret looks as one: not a word, nor a sentence.
    private static func isRandom(_ text: String) -> Bool {
        guard text.utf8.count >= 12, !text.utf8.contains(UInt8(ascii: " ")) else { return false }
        let kinds = [
            text.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) },
            text.utf8.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) },
            text.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) },
            text.utf8.contains { !ASCII.isAlphanumeric($0) },
        ]
        return kinds.filter(\.self).count >= 2
    }
}
