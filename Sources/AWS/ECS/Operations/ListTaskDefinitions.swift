package import JSON
internal import Notation

/// Lists task definitions by their ARNs, by family and revision.
///
/// [ListTaskDefinitions](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html).
/// Errors: InvalidParameterException.
package struct ListTaskDefinitions: ReadOperation {
    package static let action = ECSAction.listTaskDefinitions

    private let family: String?
    private let status: String?
    private let sort: String?
    private let page: ECSPageRequest

    package init(from members: inout Members) throws(APIError) {
        family = try members.string("familyPrefix")
        status = try members.string("status")
        sort = try members.string("sort")
        page = try ECSPageRequest(defaultLimit: 100, from: &members)
    }

    package func permissions() -> [Permission] { [Permission(Self.action, on: .arn("*"))] }

    package func checkBeforeLookup() throws(APIError) {
        try ECSName.check(status, "Status", ["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"])
        try ECSName.check(sort, "Sort", ["ASC", "DESC"])
        try page.check()
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let scope = call.caller.scope
        // Nothing is deleted, so nothing is being deleted.
        guard status != "DELETE_IN_PROGRESS" else {
            return Response(page: Page(items: [], next: nil))
        }
        let listing = TaskDefinitionListing(
            scope: scope,
            family: family,
            isActive: status != "INACTIVE",
            isAscending: sort != "DESC"
        )
        let words = [scope.account, scope.region, family ?? "", status ?? "", sort ?? ""]
        let query = "ListTaskDefinitions|" + words.joined(separator: "|")
        let page = try self.page.request.page(of: query, position: \ECSTaskDefinition.place) {
            after,
            limit throws(APIError) in
            let place = TaskDefinitionListing.Place(after)
            return try vault.ecsTaskDefinitions(listing, after: place, limit: limit)
        }
        return Response(page: page.map(\.arn))
    }

    package struct Response: Sendable, JSONWritable {
        let page: Page<String>

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("taskDefinitionArns", page.items)
            writer.member("nextToken", page.next)
            writer.endObject()
        }
    }
}

extension ECSTaskDefinition {
    /// Its place in a list: `family:revision`.
    fileprivate var place: String { "\(family):\(revision)" }
}

extension TaskDefinitionListing.Place {
    fileprivate init?(_ text: String) {
        let words = text.split(separator: ":")
        guard words.count == 2, let revision = Int64(words[1]) else { return nil }
        self.init(family: String(words[0]), revision: revision)
    }
}
