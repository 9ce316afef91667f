package import JSON
internal import Notation

/// Lists the versions of a secret: those with labels, or all of them when asked.
///
/// [ListSecretVersionIds](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html).
/// Newest first; oldest first when deprecated ones are included. Errors: ResourceNotFoundException,
/// InvalidNextTokenException.
package struct ListSecretVersionIDs: SecretOperation, ReadOperation {
    package static let action = SecretsManagerAction.listSecretVersionIDs
    package static let admits: Admission = [.scheduled, .serviceOwned]

    package let secretID: String?
    private let page: PageRequest
    private let includeDeprecated: Bool?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        page = try PageRequest(.secretsManager, from: &members)
        includeDeprecated = try members.boolean("IncludeDeprecated")
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
        // Of a replica AWS lists none.
        let all = secret.isReplica ? [] : try vault.versions(of: secret)
        let listed =
            includeDeprecated == true
            ? all : all.filter { !$0.stagingLabels.isEmpty }.reversed()
        let query = "\(secret.arn.text)|\(includeDeprecated ?? false)"
        // A version that went meanwhile leaves no place to go on from.
        let page = try page.page(of: query, listed: listed, position: \.id)
        return Response(secret: secret, page: page)
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        let page: Page<SecretVersion>

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            writer.member("NextToken", page.next)
            writer.member("Versions", page.items)
            writer.endObject()
        }
    }
}

extension SecretVersion: JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("CreatedDate", createdAt)
        writer.member("KmsKeyIds", keys.map(\.listedAs))
        writer.member("LastAccessedDate", lastAccessedAt)
        writer.member("VersionId", id)
        if !stagingLabels.isEmpty { writer.member("VersionStages", stagingLabels) }
        writer.endObject()
    }
}
