/// Says who calls.
///
/// It needs no permission, so every tool asks it first.
///
/// [GetCallerIdentity](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html).
/// Errors: none of its own.
package struct GetCallerIdentity: ReadOperation {
    package static let action = STSAction.getCallerIdentity

    package init(from members: inout Members) throws(APIError) {}

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

    package struct Response: Sendable {
        package let arn: String
        package let userID: String
        package let account: String
    }
}
