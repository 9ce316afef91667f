/// Which functions can be invoked from here, by their ARNs.
///
/// AWS tries to invoke a function; here it must have been said where it is.
package struct InvocableFunctions: Sendable {
    private let knows: @Sendable (_ arn: String) -> Bool

    /// - Parameter knows: whether it is known where the function of an ARN is; asked on the write
    ///   lane, so it must be quick.
    package init(knows: @escaping @Sendable (_ arn: String) -> Bool) {
        self.knows = knows
    }

    /// No function at all.
    package static let none = InvocableFunctions { _ in false }

    func canInvoke(_ arn: String) -> Bool { knows(arn) }
}
