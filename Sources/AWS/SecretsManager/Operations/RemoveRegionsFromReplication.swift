internal import Notation

/// Deletes the copies of a secret in some regions; a region without one is no error.
///
/// [RemoveRegionsFromReplication](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RemoveRegionsFromReplication.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException.
package struct RemoveRegionsFromReplication: SecretOperation, WriteOperation {
    package typealias Response = ReplicationAnswer

    package static let action = SecretsManagerAction.removeRegionsFromReplication

    package let secretID: String?
    private let regions: [String]?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        regions = try members.strings("RemoveReplicaRegions")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.require(regions, at: "removeReplicaRegions")
        constraints.count(of: regions, 1...Int.max, at: "removeReplicaRegions")
        constraints.elements(
            of: regions,
            [
                "Member must have length less than or equal to 128",
                "Member must have length greater than or equal to 1",
                "Member must satisfy regular expression pattern: ^([a-z]+-)+\\d+$",
            ],
            at: "removeReplicaRegions"
        ) { $0.utf16.count <= 128 && Region.isWellFormed($0) }
        return constraints.violations
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> ReplicationAnswer {
        var secret = try call.secret
        for region in regions ?? [] {
            try ReplicaRemoval(from: region).run(on: &secret, in: vault)
        }
        return ReplicationAnswer(
            arn: secret.arn,
            status: try ReplicationStatus.all(of: secret, in: vault)
        )
    }
}
