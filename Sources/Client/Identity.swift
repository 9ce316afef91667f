package import SignatureV4

/// As whom calls are made, and where.
package struct Identity: Sendable, Equatable {
    /// Who signs.
    package var credentials: SigningCredentials
    /// The region that calls are for.
    package var region: String

    /// Credentials in a region.
    package init(credentials: SigningCredentials, region: String) {
        self.credentials = credentials
        self.region = region
    }

    /// The pair that `pocketvault env` prints: the root of a server's own account, where signatures
    /// are not verified.
    package static let testCredentials = SigningCredentials(
        keyID: "pocketvault",
        secret: "pocketvault"
    )
    /// Where nothing names a region.
    package static let defaultRegion = "us-east-1"
}
