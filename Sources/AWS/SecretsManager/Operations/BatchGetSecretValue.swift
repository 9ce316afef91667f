package import JSON
internal import Notation

/// Gives the current values of up to twenty secrets, by their ids or by filters.
///
/// [BatchGetSecretValue](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html).
/// A secret that cannot be read does not fail the call: it is told among `Errors`.
/// Errors: InvalidParameterException, InvalidNextTokenException.
package struct BatchGetSecretValue: ReadOperation {
    package static let action = SecretsManagerAction.batchGetSecretValue

    private let secretIDList: [String]?
    private let filters: FilterList?
    private let maxResults: Int64?
    private let nextToken: String?

    package init(from members: inout Members) throws(APIError) {
        secretIDList = try members.strings("SecretIdList")
        filters = try FilterList("Filters", from: &members)
        maxResults = try members.integer("MaxResults")
        nextToken = try members.string("NextToken")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.count(of: secretIDList, 1...20, at: "secretIdList")
        constraints.elements(
            of: secretIDList,
            [
                "Member must have length less than or equal to 2048",
                "Member must have length greater than or equal to 1",
            ],
            at: "secretIdList"
        ) { (1...2_048).contains($0.utf16.count) }
        filters?.constrain(&constraints)
        constraints.maxResults(maxResults, upTo: 20)
        constraints.nextToken(nextToken)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        // Each secret of the answer needs a permission of its own, which is asked for there.
        guard filters != nil else { return [ownPermission] }
        return [ownPermission, Permission(SecretsManagerAction.listSecrets, on: .nothing)]
    }

    package var mayTakeLong: Bool { filters != nil }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        switch (secretIDList, filters) {
        case (let ids?, nil):
            guard maxResults == nil else { throw .maxResultsNeedsFilters }
            guard nextToken == nil else { throw .nextTokenNeedsFilters }
            return byID(ids, call, vault)
        case (nil, let filters?):
            return try byFilter(filters, call, vault)
        default:
            throw .idsOrFilters
        }
    }

    private func byID(_ ids: [String], _ call: Call<NoSubject>, _ vault: any VaultReading)
        -> Response
    {
        var response = Response()
        var seen: Set<String> = []
        for id in ids where seen.insert(id).inserted {
            response.add(id, value(of: id, call, vault))
        }
        return response
    }

    /// GetSecretValue, in the caller's name.
    private func value(
        of secretID: String,
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) -> Result<GetSecretValue.Response, APIError> {
        answer(of: GetSecretValue.self, [("SecretId", .string(secretID))], for: call, vault)
    }

    private func byFilter(
        _ filters: FilterList,
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let listing = SecretListing(
            scope: call.caller.scope,
            order: SecretOrder(key: .createdDate, ascending: true),
            filters: try filters.filters(),
            includesPlannedDeletion: false
        )
        let page = try listing.page(nextToken: nextToken, limit: Int(maxResults ?? 20), vault)
        var response = Response(nextToken: page.nextToken)
        for secret in page.secrets {
            response.add(secret.arn.text, value(of: secret.arn.text, call, vault))
        }
        return response
    }

    package struct Response: Sendable, JSONWritable {
        private(set) var values: [GetSecretValue.Response] = []
        private var errors: [(secretID: String, error: APIError)] = []
        private let nextToken: String?

        init(nextToken: String? = nil) {
            self.nextToken = nextToken
        }

        mutating func add(_ secretID: String, _ result: Result<GetSecretValue.Response, APIError>) {
            switch result {
            case .success(let value): values.append(value)
            case .failure(let error): errors.append((secretID, error))
            }
        }

        /// In no order that a client could rely on: by the ends of the ARNs and ids, which say
        /// nothing.
        package func write(to writer: inout JSONWriter) {
            let errors = errors.sorted { $0.secretID.utf8.isBackwardsBefore($1.secretID.utf8) }
            let values = values.sorted { first, second in
                first.arn.text.utf8.isBackwardsBefore(second.arn.text.utf8)
            }
            writer.beginObject()
            writer.name("Errors")
            writer.beginArray()
            for (secretID, error) in errors {
                writer.beginObject()
                writer.member("ErrorCode", error.code.rawValue)
                writer.member("Message", error.message)
                writer.member("SecretId", secretID)
                writer.endObject()
            }
            writer.endArray()
            writer.member("NextToken", nextToken)
            writer.member("SecretValues", values)
            writer.endObject()
        }
    }
}

extension String.UTF8View {
    /// Whether it comes first when texts are read from their ends.
    fileprivate func isBackwardsBefore(_ other: String.UTF8View) -> Bool {
        reversed().lexicographicallyPrecedes(other.reversed())
    }
}
