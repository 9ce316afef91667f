internal import AccessControl
package import JSON

/// Tells whether a policy could be attached, without attaching it.
///
/// [ValidateResourcePolicy](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html).
/// A policy that grants broad access is an answer, one with a syntax error is an error.
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException,
/// MalformedPolicyDocumentException.
package struct ValidateResourcePolicy: SecretOperation, ReadOperation {
    package static let action = SecretsManagerAction.validateResourcePolicy

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
            Permission(SecretsManagerAction.putResourcePolicy),
        ]
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let document = try ResourcePolicy.parse(resourcePolicy ?? "")
        var faults: [Fault] = []
        if PublicPolicyCheck(document).isPublic {
            faults.append(
                Fault(check: "BlockPublicPolicyCheck", message: APIError.publicPolicy.message)
            )
        }
        let put = Permission(SecretsManagerAction.putResourcePolicy)
        let lockOut = try LockOut(
            of: put,
            on: call.located,
            under: document,
            for: call.caller,
            vault
        )
        if try lockOut.isThere(call, vault) {
            faults.append(Fault(check: "LockOutCheck", message: APIError.lockOutSentence))
        }
        return Response(faults: faults)
    }

    /// What AWS would not have attached.
    struct Fault: Sendable, JSONWritable {
        let check: String
        let message: String?

        func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("CheckName", check)
            writer.member("ErrorMessage", message)
            writer.endObject()
        }
    }

    package struct Response: Sendable, JSONWritable {
        let faults: [Fault]

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("PolicyValidationPassed")
            writer.bool(faults.isEmpty)
            writer.member("ValidationErrors", faults)
            writer.endObject()
        }
    }
}
