package import JSON
internal import Notation

/// Lists the secrets of the caller's account and region, page by page.
///
/// [ListSecrets](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html).
/// Errors: InvalidParameterException, InvalidNextTokenException.
package struct ListSecrets: ReadOperation {
    package static let action = SecretsManagerAction.listSecrets

    private let includePlannedDeletion: Bool?
    private let maxResults: Int64?
    private let nextToken: String?
    private let filters: FilterList?
    private let sortOrder: String?
    private let sortBy: String?

    /// Of a page when a request does not say.
    private static let defaultPageSize: Int64 = 10

    package init(from members: inout Members) throws(APIError) {
        includePlannedDeletion = try members.boolean("IncludePlannedDeletion")
        maxResults = try members.integer("MaxResults")
        nextToken = try members.string("NextToken")
        filters = try FilterList("Filters", from: &members)
        sortOrder = try members.string("SortOrder")
        sortBy = try members.string("SortBy")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.maxResults(maxResults, upTo: 100)
        constraints.nextToken(nextToken)
        filters?.constrain(&constraints)
        constraints.oneOf(sortOrder, ["asc", "desc"], at: "sortOrder")
        constraints.oneOf(sortBy, SecretSortKey.allCases.map(\.rawValue), at: "sortBy")
        return constraints.violations
    }

    package var mayTakeLong: Bool { filters != nil }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let listing = SecretListing(
            scope: call.caller.scope,
            order: SecretOrder(
                key: sortBy.flatMap(SecretSortKey.init) ?? .createdDate,
                ascending: sortOrder != "desc"
            ),
            filters: try filters?.filters() ?? [],
            includesPlannedDeletion: includePlannedDeletion ?? false
        )
        let page = try listing.page(
            nextToken: nextToken,
            limit: Int(maxResults ?? ListSecrets.defaultPageSize),
            vault
        )
        var entries: [SecretEntry] = []
        for secret in page.secrets {
            entries.append(try SecretEntry(secret, vault))
        }
        return Response(entries: entries, nextToken: page.nextToken)
    }

    package struct Response: Sendable, JSONWritable {
        let entries: [SecretEntry]
        let nextToken: String?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("NextToken", nextToken)
            writer.name("SecretList")
            writer.beginArray()
            for entry in entries { entry.write(to: &writer, labelsAs: "SecretVersionsToStages") }
            writer.endArray()
            writer.endObject()
        }
    }
}

extension SecretListing {
    /// A page by tokens, as the wire has them.
    func page(
        nextToken: String?,
        limit: Int,
        _ vault: any VaultReading
    ) throws(APIError) -> (secrets: [Secret], nextToken: String?) {
        let query = fingerprintText
        var position: SecretPosition?
        if let nextToken {
            let token = try PageToken(nextToken: nextToken, query: query)
            position = try SecretPosition(tokenText: token.position)
        }
        let page = try self.page(after: position, limit: limit, vault)
        let next = page.next.map { PageToken(query: query, position: $0.tokenText).text }
        return (page.secrets, next)
    }
}
