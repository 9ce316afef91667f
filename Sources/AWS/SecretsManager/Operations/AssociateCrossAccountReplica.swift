package import JSON
internal import Notation

/// Begins to replicate a secret to a replica that another account has made for it.
///
/// [AssociateCrossAccountReplica](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_AssociateCrossAccountReplica.html).
/// Called again it brings the replica up to date. Errors: ResourceNotFoundException,
/// InvalidRequestException, InvalidParameterException, LimitExceededException.
package struct AssociateCrossAccountReplica: SecretOperation, WriteOperation {
    package static let action = SecretsManagerAction.associateCrossAccountReplica

    package let secretID: String?
    private let replicaARN: String?
    private let restriction: String?
    private let roleARN: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        replicaARN = try members.string("CrossAccountReplicaARN")
        restriction = try members.string("ReplicaRestriction")
        roleARN = try members.string("ReplicationRoleARN")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.require(replicaARN, at: "crossAccountReplicaARN")
        constraints.length(of: replicaARN, 20...2_048, at: "crossAccountReplicaARN")
        constraints.oneOf(restriction, ["SameOrg", "NoRestriction"], at: "replicaRestriction")
        constraints.length(of: roleARN, 20...2_048, at: "replicationRoleARN")
        return constraints.violations
    }

    package func furtherNeeds(
        of secret: Secret?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        guard let secret, let replicaARN,
            let replica = try CrossAccountSecret(replicaARN).find(from: secret, in: vault)
        else { return [] }
        return try CopyOfSecret(primary: secret, copy: replica.arn, kmsKeyID: replica.kmsKeyID)
            .needs(for: caller, in: vault)
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        let secret = try call.secret
        guard let replicaARN,
            var replica = try CrossAccountSecret(replicaARN).find(from: secret, in: vault)
        else { throw .secretNotFound }
        guard var link = replica.crossAccountPrimary, link.primaryARN == secret.arn.text else {
            throw .notItsCrossAccountReplica
        }
        if let known = try vault.crossAccountReplica(of: secret),
            known.replicaARN != replica.arn.text, known.status.isAssociated
        {
            throw .tooManyCrossAccountReplicas
        }
        let copy = CopyOfSecret(primary: secret, copy: replica.arn, kmsKeyID: replica.kmsKeyID)
        try copy.requireAccess(by: call.requester, in: vault)
        link.status = .inSync
        replica.crossAccountPrimary = link
        try vault.update(replica)
        try vault.setCrossAccountReplica(
            CrossAccountReplica(
                replicaARN: replica.arn.text,
                roleARN: roleARN,
                status: .inSync
            ),
            of: secret
        )
        try CrossAccountUpdate(of: secret)
            .run(at: call.now, by: call.requester.permitted, in: vault)
        return Response(arn: secret.arn, replicaARN: replica.arn.text, status: .inSync)
    }

    package struct Response: Sendable, JSONWritable {
        let arn: SecretARN
        let replicaARN: String
        let status: CrossAccountStatus

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", arn.text)
            writer.member("CrossAccountReplicaARN", replicaARN)
            writer.member("ReplicationStatus", status.rawValue)
            writer.endObject()
        }
    }
}
