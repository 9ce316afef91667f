internal import AccessControl
package import JSON

/// Tells whether a policy could be attached, without attaching it.
///
/// [ValidateResourcePolicy](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html).
/// A policy that grants broad access is an answer, one with a syntax error is an error.
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException,
/// MalformedPolicyDocumentException.
package struct ValidateResourcePolicy: ReadOperation {
    package static let action = Action.validateResourcePolicy

    package let secretID: String?
    private let resourcePolicy: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        resourcePolicy = try members.string("ResourcePolicy")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.optionalSecretID(secretID)
        constraints.resourcePolicy(resourcePolicy)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        [
            ownPermission,
            Permission(Action.putResourcePolicy, on: secretID.map { .secret($0) } ?? .nothing),
        ]
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let document = try ResourcePolicy.parse(resourcePolicy ?? "")
        return Response(grantsPublicAccess: PublicPolicyCheck(document).isPublic)
    }

    package struct Response: Sendable, JSONWritable {
        let grantsPublicAccess: Bool

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("PolicyValidationPassed")
            writer.bool(!grantsPublicAccess)
            writer.name("ValidationErrors")
            writer.beginArray()
            if grantsPublicAccess {
                writer.beginObject()
                writer.member("CheckName", "BlockPublicPolicyCheck")
                writer.member("ErrorMessage", APIError.publicPolicy.message)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }
}
