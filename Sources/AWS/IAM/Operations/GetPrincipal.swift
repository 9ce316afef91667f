internal import JSON
internal import Notation

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

    /// Without a name it is about the caller, whoever that is.
    package func resource(
        _ principal: IAMPrincipal?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        guard name != nil else { return ProtectedResource(holderOf: caller) }
        return ProtectedResource(principal, Holder.kind, name ?? "", caller)
    }

    package func admit(_ principal: IAMPrincipal?, for caller: Caller) throws(APIError) {
        guard principal != nil || name == nil else {
            throw .noSuchPrincipal(Holder.kind, name ?? "")
        }
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMAnswer {
        guard name != nil else { return try caller(call, vault) }
        let principal = try call.principal
        return IAMAnswer(
            Holder.word,
            PrincipalElement(principal: principal, tags: try vault.tags(of: principal))
        )
    }

    private func caller(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMAnswer {
        let caller = call.caller.principal
        switch caller.kind {
        case .root: return IAMAnswer("User", RootElement(scope: call.caller.scope))
        case .roleSession, .federatedUser, .service, .webIdentity: throw .userNameNeeded
        case .user:
            let user = try vault.principal(of: caller)
            return IAMAnswer("User", PrincipalElement(principal: user, tags: caller.tags))
        }
    }
}

/// The root of an account, as GetUser shows it.
private struct RootElement: Sendable, JSONWritable {
    let scope: Scope

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("UserId", scope.account)
        writer.member("Arn", scope.iamARN("root"))
        // AWS has the day on which the account was made.
        writer.member("CreateDate", CalendarTime.secondsText(of: AWSManagedPolicy.createdAt))
        writer.endObject()
    }
}
