/// A text with wildcards, cut at its stars and ready to be matched.
///
/// Each part between two stars is looked for once, as far to the left as it goes, so no choice is
/// ever taken back. A part without `?` is found in linear time; one with `?` may cost its length for
/// each character of the text, which is the worst case of all: there is nothing exponential here.
struct Glob: Sendable, Equatable {
    /// Stands for any one character; no Unicode scalar has this value.
    static let anyOne: UInt32 = 0x11_0000
    /// Stands for any number of characters, none too.
    static let anyRun: UInt32 = 0x11_0001

    private let first: GlobSegment
    private let middle: [GlobSegment]
    /// What the text must end with; nil when there is no star, so that `first` is all of it.
    private let last: GlobSegment?
    private let minimumLength: Int

    /// The pattern of these characters and wildcards.
    init(_ symbols: [UInt32]) {
        let parts = symbols.split(separator: Self.anyRun, omittingEmptySubsequences: false)
        let segments = parts.map { GlobSegment(Array($0)) }
        first = segments[0]
        last = segments.count > 1 ? segments[segments.count - 1] : nil
        middle = segments.dropFirst().dropLast().filter { $0.count > 0 }
        minimumLength = segments.reduce(0) { $0 + $1.count }
    }

    /// Whether every text matches.
    var isEverything: Bool {
        minimumLength == 0 && last != nil
    }

    /// Whether the whole text is what the pattern describes.
    func matches(_ text: Span<UInt32>) -> Bool {
        guard text.count >= minimumLength, first.matches(text, at: 0) else { return false }
        guard let last else { return text.count == minimumLength }
        let end = text.count - last.count
        guard last.matches(text, at: end) else { return false }
        var start = first.count
        for segment in middle {
            guard let found = segment.end(in: text, from: start, to: end) else { return false }
            start = found
        }
        return true
    }
}

/// The characters of a pattern between two stars.
private struct GlobSegment: Sendable, Equatable {
    private let symbols: [UInt32]
    /// For each length of a match that breaks off, the length to go on with (Knuth, Morris and
    /// Pratt); empty when there is a `?`, for which this does not work.
    private let fallbacks: [Int]

    var count: Int { symbols.count }

    init(_ symbols: [UInt32]) {
        self.symbols = symbols
        fallbacks = symbols.contains(Glob.anyOne) ? [] : Self.fallbacks(of: symbols)
    }

    private static func fallbacks(of symbols: [UInt32]) -> [Int] {
        var lengths = [Int](repeating: 0, count: symbols.count)
        var length = 0
        for index in symbols.indices.dropFirst() {
            while length > 0, symbols[length] != symbols[index] { length = lengths[length - 1] }
            if symbols[length] == symbols[index] { length += 1 }
            lengths[index] = length
        }
        return lengths
    }

    /// Whether the segment stands at this place; the text must be long enough.
    func matches(_ text: Span<UInt32>, at start: Int) -> Bool {
        for index in symbols.indices
        where symbols[index] != text[start + index] && symbols[index] != Glob.anyOne {
            return false
        }
        return true
    }

    /// Where the leftmost occurrence between two places ends; nil when there is none.
    func end(in text: Span<UInt32>, from start: Int, to end: Int) -> Int? {
        guard start + count <= end else { return nil }
        if fallbacks.isEmpty {
            for place in start...(end - count) where matches(text, at: place) {
                return place + count
            }
            return nil
        }
        var length = 0
        for index in start..<end {
            while length > 0, symbols[length] != text[index] { length = fallbacks[length - 1] }
            if symbols[length] == text[index] { length += 1 }
            if length == count { return index + 1 }
        }
        return nil
    }
}
