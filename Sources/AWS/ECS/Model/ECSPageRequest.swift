internal import Notation

/// maxResults and nextToken, as the lists of ECS take them.
struct ECSPageRequest: Sendable {
    let request: PageRequest
    private let maxResults: Int64?

    init(defaultLimit: Int64, from members: inout Members) throws(APIError) {
        request = try PageRequest(ECSPageRequest.rules.of(defaultLimit), from: &members)
        maxResults = request.limit
    }

    /// Refuses what the framework in front of other services does.
    func check() throws(APIError) {
        guard let maxResults else { return }
        guard maxResults <= 100 else { throw .maxResultsTooLarge }
        guard maxResults >= 1 else { throw .maxResultsTooSmall }
    }

    private static let rules = PageRules(
        limitMember: "maxResults",
        tokenMember: "nextToken",
        maximumLimit: 100,
        defaultLimit: 100,
        maximumTokenLength: 4_096,
        invalidToken: .invalidECSToken
    )
}
