package import JSON
internal import Notation

/// Lists the names of a secret's policies: `default` first, then the others in alphabetical order.
///
/// [ListResourcePolicies](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListResourcePolicies.html).
/// Errors: ResourceNotFoundException, InvalidNextTokenException, InvalidParameterException,
/// InvalidRequestException.
package struct ListResourcePolicies: SecretOperation, ReadOperation {
    package static let action = SecretsManagerAction.listResourcePolicies

    package let secretID: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        page = try PageRequest(.secretsManager, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let secret = try call.secret
        var names = try vault.resourcePolicyNames(of: secret)
        if let index = names.firstIndex(of: ResourcePolicy.defaultName) {
            names.insert(names.remove(at: index), at: 0)
        }
        let query = "policies|\(secret.arn.text)"
        // A policy that went meanwhile leaves no place to go on from.
        return Response(page: try page.page(of: query, listed: names) { $0 })
    }

    package struct Response: Sendable, JSONWritable {
        let page: Page<String>

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("NextToken", page.next)
            writer.name("ResourcePolicies")
            writer.beginArray()
            for name in page.items {
                writer.beginObject()
                writer.member("PolicyName", name)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }
}
