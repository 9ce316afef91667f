/// Says who calls.
///
/// It needs no permission, so every tool asks it first.
///
/// [GetCallerIdentity](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html).
/// Errors: none of its own.
package struct GetCallerIdentity: ReadOperation {
    /// The name of the operation.
    package static let action = STSAction.getCallerIdentity

    /// It has no members.
    package init(from members: inout Members) throws(APIError) {}

    /// Tells what the credentials already told.
    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        Response(
            arn: call.caller.principalARN,
            // The unique id of an account's root is the account itself.
            userID: call.caller.scope.account,
            account: call.caller.scope.account
        )
    }

    /// Three names of the caller.
    package struct Response: Sendable {
        /// As in `arn:aws:iam::000000000000:root`.
        package let arn: String
        /// The unique id of the principal.
        package let userID: String
        /// Twelve digits.
        package let account: String
    }
}
