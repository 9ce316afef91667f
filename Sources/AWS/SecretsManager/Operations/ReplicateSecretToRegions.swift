/// Makes copies of a secret in other regions, which follow every change of it.
///
/// [ReplicateSecretToRegions](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException.
package struct ReplicateSecretToRegions: WriteOperation {
    package typealias Response = ReplicationAnswer

    package static let action = Action.replicateSecretToRegions

    package let secretID: String?
    private let regions: ReplicaRegionList?
    private let forceOverwrite: Bool?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        regions = try ReplicaRegionList("AddReplicaRegions", from: &members)
        forceOverwrite = try members.boolean("ForceOverwriteReplicaSecret")
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

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> ReplicationAnswer {
        let secret = try call.secret
        let regions = try regions?.regions(besides: secret.arn.scope.region) ?? []
        try vault.replicate(
            secret,
            to: regions,
            overwriting: forceOverwrite ?? false,
            at: call.now
        )
        let status = try vault.replicationStatus(of: secret, justBegunIn: regions.map(\.region))
        return ReplicationAnswer(arn: secret.arn, status: status)
    }
}
