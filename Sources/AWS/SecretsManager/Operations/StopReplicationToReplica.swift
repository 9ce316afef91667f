package import JSON
internal import Notation

/// Makes a replica a secret that stands alone; called in the replica's own region.
///
/// [StopReplicationToReplica](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_StopReplicationToReplica.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException.
package struct StopReplicationToReplica: SecretOperation, WriteOperation {
    package static let action = SecretsManagerAction.stopReplicationToReplica
    package static let admits: Admission = .replica

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
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        var secret = try call.secret
        guard secret.isReplica else { throw .notAReplica }
        try CrossAccountDetachment(of: secret).run(in: vault)
        try leavePrimary(secret, vault)
        secret.standAlone()
        try vault.update(secret)
        return Response(arn: secret.arn)
    }

    private func leavePrimary(_ secret: Secret, _ vault: any VaultWriting) throws(APIError) {
        guard secret.primaryID != nil, let region = secret.primaryRegion else { return }
        let arn = secret.arn.moved(to: region)
        guard var primary = try vault.secret(at: .arn(arn.text, arn.scope)) else { return }
        try ReplicaRemoval(from: secret.arn.scope.region).forget(&primary, in: vault)
    }

    package struct Response: Sendable, JSONWritable {
        let arn: SecretARN

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", arn.text)
            writer.endObject()
        }
    }
}
