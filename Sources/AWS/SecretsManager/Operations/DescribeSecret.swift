package import JSON

/// Tells everything about a secret but its values.
///
/// [DescribeSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html).
/// Errors: ResourceNotFoundException.
package struct DescribeSecret: SecretOperation, ReadOperation {
    package static let action = SecretsManagerAction.describeSecret
    package static let admits: Admission = [.scheduled, .serviceOwned]

    package let secretID: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        return constraints.violations
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let secret = try call.secret
        var entry = try SecretEntry(secret, vault)
        if secret.hasReplicas {
            var unfinished: [String] = []
            if case .replicasInProgress? = call.fault?.effect {
                unfinished = try vault.replicas(of: secret).map(\.region)
            }
            entry.replication = try ReplicationStatus.all(
                of: secret,
                justBegunIn: unfinished,
                in: vault
            )
        }
        entry.crossAccountReplica = try vault.crossAccountReplica(of: secret)
        return Response(entry: entry)
    }

    package struct Response: Sendable, JSONWritable {
        let entry: SecretEntry

        package func write(to writer: inout JSONWriter) {
            entry.write(to: &writer, labelsAs: "VersionIdsToStages")
        }
    }
}
