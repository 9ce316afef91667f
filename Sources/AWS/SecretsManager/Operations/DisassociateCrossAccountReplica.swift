package import JSON
internal import Notation

/// Ends the replication of a secret to another account; the replica stays, detached.
///
/// [DisassociateCrossAccountReplica](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DisassociateCrossAccountReplica.html).
/// Errors: ResourceNotFoundException, InvalidRequestException, InvalidParameterException.
package struct DisassociateCrossAccountReplica: SecretOperation, WriteOperation {
    package static let action = SecretsManagerAction.disassociateCrossAccountReplica

    package let secretID: String?
    private let replicaARN: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        replicaARN = try members.string("CrossAccountReplicaARN")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.require(replicaARN, at: "crossAccountReplicaARN")
        constraints.length(of: replicaARN, 20...2_048, at: "crossAccountReplicaARN")
        return constraints.violations
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        let secret = try call.secret
        guard let replicaARN,
            let known = try vault.crossAccountReplica(of: secret), known.replicaARN == replicaARN
        else { throw .notItsCrossAccountReplica }
        try vault.setCrossAccountReplica(nil, of: secret)
        if var replica = try CrossAccountSecret(replicaARN).find(from: secret, in: vault),
            replica.crossAccountPrimary?.primaryARN == secret.arn.text
        {
            replica.crossAccountPrimary?.status = .detached
            try vault.update(replica)
        }
        return Response(arn: secret.arn, replicaARN: replicaARN)
    }

    package struct Response: Sendable, JSONWritable {
        let arn: SecretARN
        let replicaARN: String

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", arn.text)
            writer.member("CrossAccountReplicaARN", replicaARN)
            writer.endObject()
        }
    }
}
