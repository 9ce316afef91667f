package import JSON

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

    package var subject: String? { accessKeyID }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.accessKeyID(accessKeyID)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let id = accessKeyID ?? ""
        guard let credential = try vault.credential(accessKeyID: id),
            credential.key.account == call.caller.scope.account
        else { throw .noSuchAccessKey(id) }
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
