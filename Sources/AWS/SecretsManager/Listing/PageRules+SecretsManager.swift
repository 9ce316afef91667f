extension PageRules {
    /// MaxResults and NextToken, as the lists of Secrets Manager take them.
    static let secretsManager = PageRules(
        limitMember: "MaxResults",
        tokenMember: "NextToken",
        maximumLimit: 100,
        defaultLimit: 100,
        maximumTokenLength: 4_096,
        invalidToken: .invalidNextToken
    )
}
