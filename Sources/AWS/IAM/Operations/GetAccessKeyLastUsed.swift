package import JSON
internal import Notation

/// Says when an access key was last used, as far as anybody kept it: here nobody does.
///
/// [GetAccessKeyLastUsed](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html).
/// Errors: NoSuchEntity.
package struct GetAccessKeyLastUsed: ReadOperation {
    package static let action = IAMAction.getAccessKeyLastUsed

    private let accessKeyID: String?

    package init(from members: inout Members) throws(APIError) {
        accessKeyID = try members.string("AccessKeyId")
    }

    package var subjectID: String? { accessKeyID }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.accessKeyID(accessKeyID)
        return constraints.violations
    }

    /// Policies see the user whose key it is.
    package func resource(
        _ subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        guard let user = try credential(for: caller, vault)?.owner?.principal else {
            return ProtectedResource(nothingFor: caller)
        }
        return ProtectedResource(user, .user, user.name, caller)
    }

    /// One of the caller's account.
    private func credential(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> Credential? {
        let found = try vault.credential(accessKeyID: accessKeyID ?? "")
        return found?.key.account == caller.scope.account ? found : nil
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        guard let credential = try credential(for: call.caller, vault) else {
            throw .noSuchAccessKey(accessKeyID ?? "")
        }
        return Response(userName: credential.owner?.principal.name)
    }

    package struct Response: Sendable, JSONWritable {
        let userName: String?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("UserName", userName)
            writer.name("AccessKeyLastUsed")
            writer.beginObject()
            writer.member("ServiceName", "N/A")
            writer.member("Region", "N/A")
            writer.endObject()
            writer.endObject()
        }
    }
}
