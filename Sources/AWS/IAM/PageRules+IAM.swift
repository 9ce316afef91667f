extension PageRules {
    /// MaxItems and Marker, as the lists of IAM take them.
    static let iam = PageRules(
        limitMember: "MaxItems",
        tokenMember: "Marker",
        maximumLimit: 1_000,
        defaultLimit: 100,
        maximumTokenLength: 1_024,
        invalidToken: .invalidIAMMarker
    )
}
