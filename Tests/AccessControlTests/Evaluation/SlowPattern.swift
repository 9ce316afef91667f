import AccessControl

/// A pattern with its variables put in, matched by trying every way.
struct SlowPattern {
    private enum Step {
        case exactly(Unicode.Scalar)
        case anyOne
        case anyRun
    }

    private let steps: [Step]

    /// Nil when the request cannot fill a variable.
    init?(_ text: String, _ context: RequestContext, wildcards: Bool = true) {
        let scalars = Array(text.unicodeScalars)
        var steps: [Step] = []
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar == "$", index < scalars.count, scalars[index] == "{" {
                var inner = ""
                index += 1
                while scalars[index] != "}" {
                    inner.unicodeScalars.append(scalars[index])
                    index += 1
                }
                index += 1
                guard let value = SlowPattern.value(of: inner, context) else { return nil }
                steps += value.unicodeScalars.map(Step.exactly)
            } else if wildcards, scalar == "*" {
                steps.append(.anyRun)
            } else if wildcards, scalar == "?" {
                steps.append(.anyOne)
            } else {
                steps.append(.exactly(scalar))
            }
        }
        self.steps = steps
    }

    /// What stands in for a variable: itself for one of the three special characters, the value of
    /// a key that has just one, else what stands behind the comma.
    private static func value(of inner: String, _ context: RequestContext) -> String? {
        if ["*", "?", "$"].contains(inner) { return inner }
        let parts = inner.split(separator: ",", maxSplits: 1)
        let values = context[String(parts[0])]
        if values.count == 1 { return values[0] }
        guard values.isEmpty, parts.count == 2 else { return nil }
        return String(parts[1].drop { $0 == " " }.dropFirst().dropLast())
    }

    func matches(_ text: String) -> Bool {
        matches(Array(text.unicodeScalars), from: 0, step: 0)
    }

    private func matches(_ text: [Unicode.Scalar], from place: Int, step: Int) -> Bool {
        guard step < steps.count else { return place == text.count }
        switch steps[step] {
        case .exactly(let scalar):
            return place < text.count && text[place] == scalar
                && matches(text, from: place + 1, step: step + 1)
        case .anyOne:
            return place < text.count && matches(text, from: place + 1, step: step + 1)
        case .anyRun:
            return matches(text, from: place, step: step + 1)
                || place < text.count && matches(text, from: place + 1, step: step)
        }
    }
}
