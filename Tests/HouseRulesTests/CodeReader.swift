/// Takes comments and the text of strings out of Swift code; line feeds stay where they are.
struct CodeReader {
    private let text: [Character]
    private var at = 0
    private var code = ""

    /// The code of a text of Swift.
    static func code(of text: String) -> String {
        var reader = CodeReader(text: Array(text))
        while reader.at < reader.text.count { reader.step() }
        return reader.code
    }

    private init(text: [Character]) {
        self.text = text
    }

    private mutating func step() {
        if follows("//") {
            while at < text.count, !text[at].isNewline { at += 1 }
        } else if follows("/*") {
            skipComment()
        } else if let hashes = stringStart() {
            skipString(hashes)
        } else {
            code.append(text[at])
            at += 1
        }
    }

    private func follows(_ characters: String, at offset: Int = 0) -> Bool {
        var place = at + offset
        for character in characters {
            guard place < text.count, text[place] == character else { return false }
            place += 1
        }
        return true
    }

    /// Comments nest.
    private mutating func skipComment() {
        var depth = 0
        repeat {
            if follows("/*") {
                depth += 1
                at += 2
            } else if follows("*/") {
                depth -= 1
                at += 2
            } else {
                skipOne()
            }
        } while depth > 0 && at < text.count
    }

    private mutating func skipOne() {
        if text[at].isNewline { code.append("\n") }
        at += 1
    }

    /// The number of `#` before the quote of a string that begins here.
    private func stringStart() -> Int? {
        var hashes = 0
        while follows("#", at: hashes) { hashes += 1 }
        return follows("\"", at: hashes) ? hashes : nil
    }

    private mutating func skipString(_ hashes: Int) {
        at += hashes
        let quote = follows("\"\"\"") ? "\"\"\"" : "\""
        let fence = String(repeating: "#", count: hashes)
        at += quote.count
        code.append("\"")
        while at < text.count, !follows(quote + fence) {
            if follows("\\" + fence + "(") {
                at += hashes + 2
                skipInterpolation()
            } else if follows("\\" + fence) {
                at += hashes + 1
                if at < text.count { skipOne() }
            } else {
                skipOne()
            }
        }
        at += quote.count + hashes
        code.append("\"")
    }

    private mutating func skipInterpolation() {
        var depth = 1
        while depth > 0, at < text.count {
            if let hashes = stringStart() {
                skipString(hashes)
                continue
            }
            if text[at] == "(" { depth += 1 }
            if text[at] == ")" { depth -= 1 }
            skipOne()
        }
    }
}
