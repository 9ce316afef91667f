/// A text in a policy that names many: with `*`, `?` and, since 2012-10-17, variables.
///
/// An object, because it never changes and each call looks at several.
package final class PolicyPattern: Sendable {
    /// The pattern as the policy has it.
    package let text: String
    let template: PolicyTemplate

    /// Reads a pattern; nil when a variable in it is malformed.
    ///
    /// - Parameters:
    ///   - text: The text of the policy.
    ///   - wildcards: Whether `*` and `?` stand for other characters.
    ///   - variables: Whether `${…}` is a variable, as in the version of 2012 only.
    ///   - ignoresCase: Whether capital and small letters are the same.
    package init?(
        _ text: String,
        wildcards: Bool = true,
        variables: Bool,
        ignoresCase: Bool = false
    ) {
        var reader = TemplateReader(ignoresCase ? LowerCase.text(of: text) : text)
        guard let elements = reader.elements(wildcards: wildcards, variables: variables) else {
            return nil
        }
        self.text = text
        template = PolicyTemplate(elements, ignoresCase: ignoresCase)
    }

    /// Whether a text of a request is one of those that the pattern names.
    package func matches(_ text: String, in context: RequestContext) -> Bool {
        template.matches(text, in: context)
    }
}

extension PolicyPattern: Equatable {
    package static func == (one: PolicyPattern, other: PolicyPattern) -> Bool {
        one.text == other.text && one.template == other.template
    }
}
