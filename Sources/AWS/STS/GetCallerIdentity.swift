package import JSON
internal import Notation

/// Says who calls.
///
/// It needs no permission, so every tool asks it first.
///
/// [GetCallerIdentity](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html).
/// Errors: none of its own.
package struct GetCallerIdentity: ReadOperation {
    /// The name of the operation.
    package static let action = STSAction.getCallerIdentity

    package static var refusalOfFederatedUsers: APIError? { nil }

    /// It has no members.
    package init(from members: inout Members) throws(APIError) {}

    package func permissions() -> [Permission] { [] }

    /// Tells what the credentials already told.
    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let caller = call.caller
        return Response(
            arn: caller.principal.arn,
            // The unique id of an account's root is the account itself.
            userID: caller.principal.uniqueID ?? caller.scope.account,
            account: caller.scope.account
        )
    }

    /// Three names of the caller.
    package struct Response: Sendable, JSONWritable {
        /// As in `arn:aws:iam::000000000000:root`.
        package let arn: String
        /// The unique id of the principal.
        package let userID: String
        /// Twelve digits.
        package let account: String

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("Arn", arn)
            writer.member("UserId", userID)
            writer.member("Account", account)
            writer.endObject()
        }
    }
}
