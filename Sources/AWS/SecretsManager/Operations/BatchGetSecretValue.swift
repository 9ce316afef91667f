package import JSON

/// Gives the current values of up to twenty secrets, by their ids or by filters.
///
/// [BatchGetSecretValue](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html).
/// A secret that cannot be read does not fail the call: it is told among `Errors`.
/// Errors: InvalidParameterException, InvalidNextTokenException.
package struct BatchGetSecretValue: ReadOperation {
    package static let action = Action.batchGetSecretValue

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
        return [ownPermission, Permission(Action.listSecrets, on: .nothing)]
    }

    package func perform(
        _ call: Call,
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

    private func byID(_ ids: [String], _ call: Call, _ vault: any VaultReading) -> Response {
        var response = Response()
        var seen: Set<String> = []
        for id in ids where seen.insert(id).inserted {
            response.add(id, call) { () throws(APIError) in
                let address = try SecretAddress(id, from: call.caller.scope)
                let isHere = address.scope.region == call.caller.scope.region
                let secret = isHere ? try vault.secret(at: address) : nil
                return try BatchGetSecretValue.read(secret, id, call, vault)
            }
        }
        return response
    }

    /// What GetSecretValue does, in its order.
    private static func read(
        _ secret: Secret?,
        _ secretID: String,
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> GetSecretValue.Response {
        let permission = Permission(Action.getSecretValue, on: .secret(secretID))
        try call.authorization?.require(permission, secret)
        guard let secret else { throw .secretNotFound }
        guard secret.deletedAt == nil else { throw .scheduledForDeletion }
        try call.checkKey(of: secret, for: .decrypt, in: vault)
        return try GetSecretValue.read(secret, vault)
    }

    private func byFilter(
        _ filters: FilterList,
        _ call: Call,
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
            response.add(secret.arn.text, call) { () throws(APIError) in
                try BatchGetSecretValue.read(secret, secret.arn.text, call, vault)
            }
        }
        return response
    }

    package static func accesses(in response: Response) -> [VersionAccess] {
        response.values.map(\.access)
    }

    package static func dependentReads(in response: Response) -> [DependentRead] {
        response.reads
    }

    package struct Response: Sendable, JSONWritable {
        private(set) var values: [GetSecretValue.Response] = []
        fileprivate private(set) var reads: [DependentRead] = []
        private var errors: [(secretID: String, error: APIError)] = []
        private let nextToken: String?

        init(nextToken: String? = nil) {
            self.nextToken = nextToken
        }

        mutating func add(
            _ secretID: String,
            _ call: Call,
            _ read: () throws(APIError) -> GetSecretValue.Response
        ) {
            func outcome() -> Result<GetSecretValue.Response, APIError> { Result(catching: read) }
            let (result, refusals) =
                call.authorization?.notingApart(outcome) ?? (outcome(), nil)
            var arn: SecretARN?
            var failure: APIError?
            switch result {
            case .success(let value):
                arn = value.secret.arn
                values.append(value)
            case .failure(let error):
                failure = error
                errors.append((secretID, error))
            }
            reads.append(
                DependentRead(
                    secretID: secretID,
                    secretARN: arn,
                    error: failure,
                    refusals: refusals
                )
            )
        }

        package func write(to writer: inout JSONWriter) {
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
