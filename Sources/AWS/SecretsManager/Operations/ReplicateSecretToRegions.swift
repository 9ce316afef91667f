internal import Notation

/// Makes copies of a secret in other regions, which follow every change of it.
///
/// [ReplicateSecretToRegions](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException.
package struct ReplicateSecretToRegions: SecretOperation, WriteOperation {
    package typealias Response = ReplicationAnswer

    package static let action = SecretsManagerAction.replicateSecretToRegions

    package let secretID: String?
    private let regions: ReplicaRegionList?
    private let forceOverwrite: Bool

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        regions = try ReplicaRegionList("AddReplicaRegions", from: &members)
        forceOverwrite = try members.primitiveBoolean("ForceOverwriteReplicaSecret")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.require(regions, at: "addReplicaRegions")
        regions?.constrain(&constraints)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set(replicaRegions: regions, forced: forceOverwrite)
        return [permission]
    }

    package func furtherNeeds(
        of secret: Secret?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        guard let secret else { return [] }
        var needs: [FurtherNeed] = []
        for copy in regions?.copies(of: secret) ?? [] {
            needs += try copy.needs(for: caller, in: vault)
        }
        return needs
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> ReplicationAnswer {
        var secret = try call.secret
        secret.touch(at: call.now)
        let regions = try regions?.regions(besides: secret.arn.scope.region) ?? []
        try Replication(of: secret, to: regions, overwriting: forceOverwrite)
            .run(at: call.now, by: call.requester, in: vault)
        return ReplicationAnswer(
            arn: secret.arn,
            status: try ReplicationStatus.all(
                of: secret,
                justBegunIn: regions.map(\.region),
                in: vault
            )
        )
    }
}
