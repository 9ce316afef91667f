/// Texts are taken apart by their bytes where every request has one: characters cost twenty times as
/// much.
extension Span where Element == UInt8 {
    /// Hands over the parts between the places where a byte stands, empty ones too.
    ///
    /// - Parameters:
    ///   - separator: an ASCII character, so that the parts of a text are texts.
    ///   - limit: how many parts there may be; the last one has all the rest.
    ///   - body: gets them in their order.
    package func forEachPart(
        between separator: UInt8,
        limit: Int = .max,
        _ body: (Span<UInt8>) -> Void
    ) {
        var (start, number) = (0, 1)
        for place in indices where self[place] == separator && number < limit {
            body(extracting(start..<place))
            start = place + 1
            number += 1
        }
        body(extracting(start..<count))
    }

    /// Whether the bytes of a word stand at a place.
    package func has(_ word: String, at start: Int = 0) -> Bool {
        let word = word.utf8.span
        guard word.count <= count - start else { return false }
        for place in word.indices where self[start + place] != word[place] { return false }
        return true
    }

    /// Whether the bytes are those of a word, and no others.
    package func isText(_ word: String) -> Bool { count == word.utf8.count && has(word) }

    /// The same of the bytes with ASCII's capitals made small; a word with a capital is never met.
    package func isText(inSmallLetters word: String) -> Bool {
        let word = word.utf8.span
        guard count == word.count else { return false }
        for place in word.indices where ASCII.lowercased(self[place]) != word[place] {
            return false
        }
        return true
    }

    /// The first place of a byte; nil when it is nowhere.
    package func first(_ byte: UInt8) -> Int? {
        for place in indices where self[place] == byte { return place }
        return nil
    }

    /// The last four places of a byte, in their order; nil when it has fewer.
    package func lastFourPlaces(of byte: UInt8) -> InlineArray<4, Int>? {
        var places = InlineArray<4, Int>(repeating: 0)
        var place = count
        for number in places.indices.reversed() {
            repeat {
                place -= 1
                guard place >= 0 else { return nil }
            } while self[place] != byte
            places[number] = place
        }
        return places
    }

    /// What stands between the spaces before and behind.
    package var trimmed: Range<Int> {
        var (start, end) = (0, count)
        while start < end, self[start] == UInt8(ascii: " ") { start += 1 }
        while end > start, self[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return start..<end
    }

    /// The text that the bytes are; empty for bytes that are none.
    package var text: String {
        guard let text = try? UTF8Span(validating: self) else { return "" }
        return String(copying: text)
    }
}

extension String {
    /// The parts between the places where an ASCII character stands, empty ones too.
    ///
    /// - Parameters:
    ///   - separator: the character.
    ///   - limit: how many parts there may be; the last one has all the rest.
    /// - Returns: at least one part.
    package func parts(between separator: UInt8, limit: Int = .max) -> [String] {
        var parts: [String] = []
        utf8.span.forEachPart(between: separator, limit: limit) { parts.append($0.text) }
        return parts
    }
}
