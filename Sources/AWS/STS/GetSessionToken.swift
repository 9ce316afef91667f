internal import Notation

/// Gives the caller temporary credentials for what it may do anyway.
///
/// [GetSessionToken](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html).
/// Errors: AccessDenied to sessions.
package struct GetSessionToken: WriteOperation {
    package typealias Response = IAMAnswer

    package static let action = STSAction.getSessionToken

    private let seconds: Int64?

    package init(from members: inout Members) throws(APIError) {
        seconds = try members.integer("DurationSeconds")
    }

    /// Sessions are nothing that anybody keeps.
    package static let isReadOnly = true

    package func permissions() -> [Permission] { [] }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.range(of: seconds, SessionDuration.bounds, at: "durationSeconds")
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        let user = try call.caller.longTermUser(calling: Self.action)
        return IAMAnswer(
            "Credentials",
            try SessionCredentials(
                of: user.map(Session.Holder.user) ?? .root,
                in: call.caller.scope.account,
                seconds: SessionDuration.seconds(seconds, ofRoot: user == nil),
                call,
                vault
            )
        )
    }
}
