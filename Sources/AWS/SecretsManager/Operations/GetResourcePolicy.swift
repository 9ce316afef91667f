package import JSON
internal import Notation

/// Gives the policy that is attached to a secret, written anew from what was put.
///
/// [GetResourcePolicy](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html).
/// A secret without a policy is no error. Errors: ResourceNotFoundException,
/// InvalidParameterException, InvalidRequestException.
package struct GetResourcePolicy: SecretOperation, ReadOperation {
    package static let action = SecretsManagerAction.getResourcePolicy

    package let secretID: String?
    private let policyName: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        policyName = try members.string("PolicyName")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.policyName(policyName)
        return constraints.violations
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let secret = try call.secret
        let name = policyName ?? ResourcePolicy.defaultName
        let document = try vault.resourcePolicy(name, of: secret)
        guard document != nil || name == ResourcePolicy.defaultName else {
            throw .resourcePolicyNotFound
        }
        return Response(secret: secret, policyName: name, document: document)
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        let policyName: String
        let document: String?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            writer.member("PolicyName", policyName)
            writer.member("ResourcePolicy", document)
            writer.endObject()
        }
    }
}
