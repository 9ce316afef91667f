internal import JSON

/// Shows a user or role; a user who names none is shown itself.
///
/// [GetUser](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html),
/// [GetRole](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html).
/// Errors: NoSuchEntity.
package struct GetPrincipal<Holder: PrincipalHolder>: ReadOperation, PrincipalOperation {
    package typealias Response = IAMAnswer

    package static var action: IAMAction { Holder.action(user: .getUser, role: .getRole) }

    package let name: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
    }

    package func violations() -> [Violation] {
        name == nil && Holder.kind == .user ? [] : nameConstraints.violations
    }

    package func permissions() -> [Permission] {
        // Without a name it is about the caller, whoever that is.
        name == nil ? [Permission(Self.action, on: .caller)] : [ownPermission]
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMAnswer {
        guard name != nil else { return try caller(call) }
        let principal = try principal(call, vault)
        return IAMAnswer(
            Holder.word,
            PrincipalElement(principal: principal, tags: try vault.tags(of: principal))
        )
    }

    private func caller(_ call: Call) throws(APIError) -> IAMAnswer {
        switch call.caller.identity {
        case .user(let user, let tags):
            return IAMAnswer("User", PrincipalElement(principal: user, tags: tags))
        case .root: return IAMAnswer("User", RootElement(scope: call.caller.scope))
        case .roleSession: throw .userNameNeeded
        }
    }
}

/// The root of an account, as GetUser shows it.
private struct RootElement: Sendable, JSONWritable {
    let scope: Scope

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("UserId", scope.account)
        writer.member("Arn", "arn:aws:iam::\(scope.account):root")
        // AWS has the day on which the account was made.
        writer.member("CreateDate", CalendarTime.secondsText(of: AWSManagedPolicy.createdAt))
        writer.endObject()
    }
}
