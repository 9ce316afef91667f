/// A place in a policy's text that takes its content from the request.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
package struct PolicyVariable: Sendable, Hashable {
    /// The condition key as the policy spells it.
    package let key: String
    /// What stands in when the request has no such key; nil when then nothing does.
    package let defaultValue: String?

    /// The text to put in, or nil when there is none: a key with several values has no one text.
    func value(in context: RequestContext) -> String? {
        let values = context[key]
        if values.isEmpty { return defaultValue }
        return values.count == 1 ? values[0] : nil
    }
}
