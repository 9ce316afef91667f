internal import Notation

/// Gives the caller temporary credentials for what it may do anyway.
///
/// [GetSessionToken](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html).
/// Errors: AccessDenied to sessions.
package struct GetSessionToken: WriteOperation {
    package typealias Response = IAMAnswer

    package static let action = STSAction.getSessionToken

    private let seconds: Int64?

    private static let defaultSeconds: Int64 = 43_200
    /// For the root of an account, whose sessions AWS keeps short.
    private static let rootSeconds: Int64 = 3_600

    package init(from members: inout Members) throws(APIError) {
        seconds = try members.integer("DurationSeconds")
    }

    /// Sessions are nothing that anybody keeps.
    package static let isReadOnly = true

    package func permissions() -> [Permission] { [] }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.range(of: seconds, 900...129_600, at: "durationSeconds")
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        let holder: Session.Holder
        var seconds = seconds ?? Self.defaultSeconds
        switch call.caller.principal.kind {
        case .root:
            holder = .root
            seconds = min(seconds, Self.rootSeconds)
        case .user: holder = .user(call.caller.principal.holderID ?? 0)
        case .roleSession, .service, .webIdentity: throw .sessionsMakeNoSessions
        }
        let account = call.caller.scope.account
        return IAMAnswer(
            "Credentials",
            try SessionCredentials(of: holder, in: account, seconds: seconds, call, vault)
        )
    }
}

extension APIError {
    static let sessionsMakeNoSessions = APIError(
        .accessDenied,
        "Cannot call GetSessionToken with session credentials"
    )
}
