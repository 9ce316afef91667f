internal import Notation

/// What a text in a policy stands for, character by character.
///
/// A variable's value is put in as plain text: a star that comes out of a tag is no wildcard.
struct PolicyTemplate: Sendable, Equatable {
    /// One step of the template.
    enum Element: Sendable, Equatable {
        /// A Unicode scalar, or one of `Glob`'s wildcards.
        case symbol(UInt32)
        case variable(PolicyVariable)
    }

    let elements: [Element]
    private let ignoresCase: Bool
    /// The pattern, when no variable must be known first.
    private let glob: Glob?
    /// The one text that matches, when there is neither a wildcard nor a variable.
    let fixedText: String?

    /// A template of these steps, in lower case already when case does not count.
    init(_ elements: [Element], ignoresCase: Bool = false) {
        self.elements = elements
        self.ignoresCase = ignoresCase
        var symbols: [UInt32]? = []
        for element in elements {
            switch element {
            case .symbol(let symbol): symbols?.append(symbol)
            case .variable: symbols = nil
            }
        }
        glob = symbols.map(Glob.init)
        fixedText = symbols.flatMap(text(of:))
    }

    /// What is known only with the request.
    var variables: [PolicyVariable] {
        elements.compactMap { if case .variable(let variable) = $0 { variable } else { nil } }
    }

    /// Whether some of it is known only with the request.
    var hasVariables: Bool { !variables.isEmpty }

    /// Whether the text is what this template stands for in a request.
    ///
    /// Nothing matches a template with a variable that the request cannot fill.
    func matches(_ text: String, in context: RequestContext) -> Bool {
        if let fixedText {
            return ignoresCase
                ? LowerCase.isSame(text, fixedText) : text.utf8.span.isText(fixedText)
        }
        let text = ignoresCase ? LowerCase.text(of: text) : text
        if let glob, glob.isEverything { return true }
        return matches(scalarValues(of: text).span, in: context)
    }

    /// Whether these Unicode scalars are what this template stands for in a request.
    func matches(_ text: Span<UInt32>, in context: RequestContext) -> Bool {
        if let glob { return glob.matches(text) }
        guard let symbols = symbols(in: context) else { return false }
        return Glob(symbols).matches(text)
    }

    private func symbols(in context: RequestContext) -> [UInt32]? {
        var symbols: [UInt32] = []
        for element in elements {
            switch element {
            case .symbol(let symbol):
                symbols.append(symbol)
            case .variable(let variable):
                guard let value = variable.value(in: context) else { return nil }
                symbols += scalarValues(of: ignoresCase ? LowerCase.text(of: value) : value)
            }
        }
        return symbols
    }

    /// The parts between the first colons, at most six of them: those of an ARN.
    var components: [PolicyTemplate] {
        let colon = Element.symbol(colonValue)
        return elements.split(
            separator: colon,
            maxSplits: 5,
            omittingEmptySubsequences: false
        ).map { PolicyTemplate(Array($0), ignoresCase: ignoresCase) }
    }
}

/// The value of the character between the parts of an ARN.
let colonValue = Unicode.Scalar(UInt8(ascii: ":")).value

/// A text as the numbers that `Glob` compares.
func scalarValues(of text: String) -> [UInt32] {
    // Of ASCII, as nearly every text is, each byte is one.
    let bytes = text.utf8.span
    var values: [UInt32] = []
    values.reserveCapacity(bytes.count)
    for place in bytes.indices {
        guard bytes[place] < 0x80 else { return text.unicodeScalars.map(\.value) }
        values.append(UInt32(bytes[place]))
    }
    return values
}

/// The text of these numbers; nil when one of them is a wildcard.
private func text(of symbols: [UInt32]) -> String? {
    var text = String.UnicodeScalarView()
    for symbol in symbols {
        guard let scalar = Unicode.Scalar(symbol) else { return nil }
        text.append(scalar)
    }
    return String(text)
}
