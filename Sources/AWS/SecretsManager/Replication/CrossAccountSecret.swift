internal import Notation

/// A primary or a replica in another account, by the ARN that the other one knows it by.
struct CrossAccountSecret: Sendable {
    private let arn: String

    init(_ arn: String) {
        self.arn = arn
    }

    /// Nil when there is no secret of that ARN in the region.
    ///
    /// - Throws: InvalidParameterException for what is no ARN.
    func find(from caller: Scope, in vault: any VaultReading) throws(APIError) -> Secret? {
        guard ARN.isARN(arn) else { throw .invalidARN }
        let address = try SecretAddress(arn, from: caller)
        guard address.scope.region == caller.region else { return nil }
        return try vault.secret(at: address)
    }

    func find(from other: Secret, in vault: any VaultReading) throws(APIError) -> Secret? {
        try find(from: other.arn.scope, in: vault)
    }
}
