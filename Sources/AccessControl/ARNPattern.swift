internal import Notation

/// A pattern for ARNs, whose six parts are matched one by one: a star does not go beyond its part.
///
/// See "Amazon Resource Name (ARN) condition operators" at
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
struct ARNPattern: Sendable, Equatable {
    let pattern: PolicyPattern
    /// The parts; fewer than six when the pattern is not itself an ARN.
    let components: [PolicyTemplate]

    static let componentCount = 6

    /// Reads a pattern; nil when a variable in it is malformed.
    init?(_ text: String, variables: Bool) {
        guard let pattern = PolicyPattern(text, variables: variables) else { return nil }
        self.pattern = pattern
        components = pattern.template.components
    }

    /// Whether a text is an ARN that the pattern names.
    func matches(_ text: String, in context: RequestContext) -> Bool {
        guard let parts = Self.parts(of: text) else { return false }
        // A lone `*`, or a variable that holds a whole ARN, has no parts to compare.
        guard components.count == Self.componentCount else {
            return pattern.matches(text, in: context)
        }
        for (component, part) in zip(components, parts)
        where !component.matches(part.span, in: context) {
            return false
        }
        return true
    }

    private static func parts(of text: String) -> [[UInt32]]? {
        guard ARN.isARN(text) else { return nil }
        let parts = scalarValues(of: text).split(
            separator: colonValue,
            maxSplits: componentCount - 1,
            omittingEmptySubsequences: false
        )
        return parts.count == componentCount ? parts.map(Array.init) : nil
    }
}
