import AWS
import JSON
import Notation
import TestSupport

/// The region of most replicas.
let europe = Caller.root(region: "eu-west-1")

extension ScratchVault {
    @discardableResult
    func replicate(
        _ secretID: String,
        to regions: String...,
        overwriting: Bool = false
    ) throws -> JSONValue {
        try call(
            .replicateSecretToRegions,
            [
                "SecretId": .string(secretID),
                "AddReplicaRegions": .array(regions.map { ["Region": .string($0)] }),
                "ForceOverwriteReplicaSecret": .bool(overwriting),
            ]
        )
    }

    /// The replicas of a secret by region: status and message.
    func replication(of secretID: String) throws -> [String] {
        try describe(secretID)["ReplicationStatus"]?.elements?.map { entry in
            ["Region", "Status", "StatusMessage"].compactMap { entry[$0]?.string }
                .joined(separator: " ")
        } ?? []
    }
}
