/// Reads the text of a pattern: wildcards, variables, escapes and plain characters.
struct TemplateReader {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    /// A reader at the beginning of a text.
    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// The steps of the text; nil when a variable is malformed.
    mutating func elements(wildcards: Bool, variables: Bool) -> [PolicyTemplate.Element]? {
        var elements: [PolicyTemplate.Element] = []
        elements.reserveCapacity(scalars.count)
        while let scalar = next() {
            if variables, scalar == "$", peek == "{" {
                index += 1
                guard let element = variable() else { return nil }
                elements.append(element)
            } else if wildcards, scalar == "*" {
                elements.append(.symbol(Glob.anyRun))
            } else if wildcards, scalar == "?" {
                elements.append(.symbol(Glob.anyOne))
            } else {
                elements.append(.symbol(scalar.value))
            }
        }
        return elements
    }

    private var peek: Unicode.Scalar? {
        index < scalars.count ? scalars[index] : nil
    }

    private mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        index += 1
        return scalar
    }

    /// What stands after `${`, up to and with the closing brace.
    private mutating func variable() -> PolicyTemplate.Element? {
        if let scalar = peek, ["*", "?", "$"].contains(scalar) {
            index += 1
            return next() == "}" ? .symbol(scalar.value) : nil
        }
        var key = String.UnicodeScalarView()
        while let scalar = next() {
            switch scalar {
            case "}":
                return element(key, defaultValue: nil)
            case ",":
                guard let defaultValue = defaultValue() else { return nil }
                return element(key, defaultValue: defaultValue)
            case "$", "{", "*", "?", "'", "\"":
                return nil
            default:
                key.append(scalar)
            }
        }
        return nil
    }

    private func element(
        _ key: String.UnicodeScalarView,
        defaultValue: String?
    ) -> PolicyTemplate.Element? {
        // A tag's key may hold spaces inside; none is part of a name at its ends.
        guard let first = key.first, let last = key.last, first != " ", last != " " else {
            return nil
        }
        return .variable(PolicyVariable(key: String(key), defaultValue: defaultValue))
    }

    /// What stands after the comma: spaces, a text in single quotes, the closing brace.
    private mutating func defaultValue() -> String? {
        while peek == " " { index += 1 }
        guard next() == "'" else { return nil }
        var text = String.UnicodeScalarView()
        while let scalar = next() {
            if scalar == "'" { return next() == "}" ? String(text) : nil }
            text.append(scalar)
        }
        return nil
    }
}
