/// Decodes what a refusal says in code; here no refusal does, so that there is nothing to decode.
///
/// [DecodeAuthorizationMessage](https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html).
/// Errors: InvalidAuthorizationMessageException, always.
package struct DecodeAuthorizationMessage: ReadOperation {
    package typealias Response = EmptyResponse

    package static let action = STSAction.decodeAuthorizationMessage

    private let message: String?

    package init(from members: inout Members) throws(APIError) {
        message = try members.string("EncodedMessage")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.require(message, at: "encodedMessage")
        constraints.length(of: message, 1...10_240, at: "encodedMessage")
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> EmptyResponse {
        throw .invalidAuthorizationMessage
    }
}
