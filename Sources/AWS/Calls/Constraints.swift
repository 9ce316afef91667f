/// One broken constraint of the API's model.
package struct Violation: Sendable, Equatable {
    package let text: String
}

/// Collects what breaks the constraints of the API's model, in the framework's own grammar.
struct Constraints {
    private(set) var violations: [Violation] = []

    /// How much of an offending value the text may repeat.
    enum Disclosure {
        case shown
        /// For members that the model marks as sensitive: the value is left out.
        case hidden
    }

    mutating func require(_ value: (some Any)?, at path: String) {
        guard value == nil else { return }
        add("Value null at '\(path)'", "Member must not be null")
    }

    /// That no element of a list is null.
    mutating func require(elements: [String?], at path: String) {
        guard elements.contains(nil) else { return }
        let shown = elements.map { $0 ?? "null" }.joined(separator: ", ")
        add(
            "Value '[\(shown)]' at '\(path)'",
            "Member must satisfy constraint: [Member must not be null]"
        )
    }

    /// Length in characters as the model counts them: UTF-16 code units.
    mutating func length(
        of value: String?,
        _ bounds: ClosedRange<Int>,
        at path: String,
        _ disclosure: Disclosure = .shown
    ) {
        guard let value else { return }
        length(value.utf16.count, bounds, Constraints.subject(value, path, disclosure))
    }

    /// Length in bytes of a value that is never shown.
    mutating func byteLength(of count: Int?, _ bounds: ClosedRange<Int>, at path: String) {
        guard let count else { return }
        length(count, bounds, "Value at '\(path)'")
    }

    mutating func count(of list: [String]?, _ bounds: ClosedRange<Int>, at path: String) {
        guard let list else { return }
        let shown = "Value '[\(list.joined(separator: ", "))]' at '\(path)'"
        length(list.count, bounds, shown)
    }

    /// The value is left out: it would be the whole list.
    mutating func count(ofTags count: Int) {
        length(count, 0...Tag.maximumCount, "Value at 'tags'")
    }

    mutating func range(of value: Int64?, _ bounds: ClosedRange<Int64>, at path: String) {
        guard let value, !bounds.contains(value) else { return }
        let rule =
            value > bounds.upperBound
            ? "less than or equal to \(bounds.upperBound)"
            : "greater than or equal to \(bounds.lowerBound)"
        add("Value '\(value)' at '\(path)'", "Member must have value \(rule)")
    }

    /// A pattern of the model, given by its text and by what it means.
    ///
    /// It is told before what is wrong with the length of the same member. An empty text fits a
    /// pattern only if that does not end in one or more of something.
    mutating func pattern(
        _ value: String?,
        _ pattern: String,
        at path: String,
        _ disclosure: Disclosure = .shown,
        matches: (String) -> Bool
    ) {
        guard let value else { return }
        let isEmptyRefused = pattern.hasSuffix("+") || pattern.hasSuffix("+$")
        guard value.isEmpty ? isEmptyRefused : !matches(value) else { return }
        let subject = Constraints.subject(value, path, disclosure)
        var later: Violation?
        if let last = violations.last, last.text.hasPrefix("\(subject) failed") {
            later = violations.removeLast()
        }
        add(subject, "Member must satisfy regular expression pattern: \(pattern)")
        if let later { violations.append(later) }
    }

    mutating func oneOf(_ value: String?, _ cases: [String], at path: String) {
        guard let value, !cases.contains(value) else { return }
        let set = cases.joined(separator: ", ")
        add("Value '\(value)' at '\(path)'", "Member must satisfy enum value set: [\(set)]")
    }

    /// A constraint on the elements of a list, told once for the whole list.
    mutating func elements(
        of list: [String]?,
        _ rules: [String],
        at path: String,
        satisfy: (String) -> Bool
    ) {
        guard let list, !list.allSatisfy(satisfy) else { return }
        add(
            "Value '[\(list.joined(separator: ", "))]' at '\(path)'",
            "Member must satisfy constraint: [\(rules.joined(separator: ", "))]"
        )
    }

    private mutating func length(
        _ count: Int,
        _ bounds: ClosedRange<Int>,
        _ subject: @autoclosure () -> String
    ) {
        if count > bounds.upperBound {
            add(subject(), "Member must have length less than or equal to \(bounds.upperBound)")
        } else if count < bounds.lowerBound {
            add(subject(), "Member must have length greater than or equal to \(bounds.lowerBound)")
        }
    }

    private static func subject(_ value: String, _ path: String, _ disclosure: Disclosure) -> String
    {
        disclosure == .hidden ? "Value at '\(path)'" : "Value '\(value)' at '\(path)'"
    }

    private mutating func add(_ subject: String, _ rule: String) {
        violations.append(Violation(text: "\(subject) failed to satisfy constraint: \(rule)"))
    }
}
