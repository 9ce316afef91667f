package import JSON

/// Lists the versions of a secret: those with labels, or all of them when asked.
///
/// [ListSecretVersionIds](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html).
/// Newest first; oldest first when deprecated ones are included. Errors: ResourceNotFoundException,
/// InvalidNextTokenException.
package struct ListSecretVersionIDs: ReadOperation {
    package static let action = Action.listSecretVersionIDs
    package static let admits: Admission = [.scheduled, .serviceOwned]

    package let secretID: String?
    private let maxResults: Int64?
    private let nextToken: String?
    private let includeDeprecated: Bool?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        maxResults = try members.integer("MaxResults")
        nextToken = try members.string("NextToken")
        includeDeprecated = try members.boolean("IncludeDeprecated")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.maxResults(maxResults, upTo: 100)
        constraints.nextToken(nextToken)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let secret = try call.secret
        // Of a replica AWS lists none.
        let all = secret.isReplica ? [] : try vault.versions(of: secret)
        let listed =
            includeDeprecated == true
            ? all : all.filter { !$0.stagingLabels.isEmpty }.reversed()
        let query = "\(secret.arn.text)|\(includeDeprecated ?? false)"
        var rest = listed[...]
        if let nextToken {
            let lastID = try NextToken(nextToken, query: query).position
            // A version that went meanwhile leaves no place to go on from.
            guard let index = listed.firstIndex(where: { $0.id == lastID }) else {
                throw .invalidNextToken
            }
            rest = listed[(index + 1)...]
        }
        let page = rest.prefix(Int(maxResults ?? 100))
        var next: String?
        if page.count < rest.count, let last = page.last {
            next = NextToken(query: query, position: last.id).text
        }
        return Response(secret: secret, versions: Array(page), nextToken: next)
    }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        let versions: [SecretVersion]
        let nextToken: String?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            writer.member("NextToken", nextToken)
            writer.member("Versions", versions)
            writer.endObject()
        }
    }
}

extension SecretVersion: JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("CreatedDate", createdAt)
        writer.member(
            "KmsKeyIds",
            [Secret.isDefaultKey(kmsKeyID) ? "DefaultEncryptionKey" : kmsKeyID]
        )
        writer.member("LastAccessedDate", lastAccessedAt)
        writer.member("VersionId", id)
        if !stagingLabels.isEmpty { writer.member("VersionStages", stagingLabels) }
        writer.endObject()
    }
}
