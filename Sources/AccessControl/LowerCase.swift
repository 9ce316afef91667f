internal import Notation

/// Small letters as AWS makes them of a whole text, to compare without regard to case.
///
/// A capital sigma at the end of a word becomes the final one, which the standard library leaves out;
/// nothing else depends on what stands around it.
///
/// [Final_Sigma](https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G54277)
enum LowerCase {
    private static let sigma: Unicode.Scalar = "\u{3A3}"
    private static let finalSigma: Unicode.Scalar = "\u{3C2}"

    static func text(of text: String) -> String {
        // The first byte of every sigma, which hardly any text has.
        guard text.utf8.span.first(0xCE) != nil else { return text.lowercased() }
        let scalars = Array(text.unicodeScalars)
        var lower = ""
        for (place, scalar) in scalars.enumerated() {
            if scalar == sigma, isAtEndOfWord(place, in: scalars) {
                lower.unicodeScalars.append(finalSigma)
            } else {
                lower += scalar.properties.lowercaseMapping
            }
        }
        return lower
    }

    /// Whether a text, put in small letters, is another to the byte.
    static func isSame(_ text: String, _ lower: String) -> Bool {
        let bytes = text.utf8.span
        // Of ASCII, as nearly every text is, each byte is one letter.
        for place in bytes.indices {
            guard bytes[place] < 0x80 else { return self.text(of: text).utf8.span.isText(lower) }
        }
        return bytes.isText(inSmallLetters: lower)
    }

    /// Whether a letter stands before a place and none behind it, whatever stands between that has
    /// no case of its own, as an accent.
    private static func isAtEndOfWord(_ place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let before = scalars[..<place].last { !$0.properties.isCaseIgnorable }
        let behind = scalars[(place + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && behind?.properties.isCased != true
    }
}
