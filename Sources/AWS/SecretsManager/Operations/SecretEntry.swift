internal import JSON
internal import Notation

/// A secret as DescribeSecret and ListSecrets show it: the same but for the name of one member.
struct SecretEntry: Sendable {
    let secret: Secret
    let tags: [Tag]
    let stagingLabels: StagingLabels
    let rotation: RotationConfiguration?
    /// Only DescribeSecret shows it, and only of a primary.
    var replication: [ReplicationStatus] = []
    var crossAccountReplica: CrossAccountReplica?

    init(_ secret: Secret, _ vault: any VaultReading) throws(APIError) {
        self.secret = secret
        tags = try vault.tags(of: secret)
        stagingLabels = try vault.stagingLabels(of: secret)
        rotation = try vault.rotationConfiguration(of: secret)
    }

    /// Writes it with the staging labels as `VersionIdsToStages` or `SecretVersionsToStages`.
    func write(to writer: inout JSONWriter, labelsAs labelsName: String) {
        writer.beginObject()
        writer.member("ARN", secret.arn.text)
        writer.member("CreatedDate", secret.createdAt)
        if let primary = secret.crossAccountPrimary {
            writer.name("CrossAccountPrimary")
            writer.value(primary)
        }
        if let crossAccountReplica { writer.member("CrossAccountReplicas", [crossAccountReplica]) }
        writer.member("DeletedDate", secret.deletedAt)
        writer.memberUnlessEmpty("Description", secret.description)
        if let external = rotation?.external {
            if !external.metadata.isEmpty {
                writer.member("ExternalSecretRotationMetadata", external.metadata)
            }
            writer.member("ExternalSecretRotationRoleArn", external.roleARN)
        }
        writer.memberUnlessEmpty("KmsKeyId", secret.kmsKeyID)
        writer.member("LastAccessedDate", secret.lastAccessedAt)
        writer.member("LastChangedDate", secret.lastChangedAt)
        writer.member("LastRotatedDate", rotation?.lastRotatedAt)
        writer.member("Name", secret.name)
        writer.member("NextRotationDate", rotation?.nextRotationDate)
        writer.member("OwningService", secret.owningService)
        writer.member("PrimaryRegion", secret.primaryRegion)
        if !replication.isEmpty { writer.member("ReplicationStatus", replication) }
        writer.member("RotationEnabled", rotation?.isEnabled)
        writer.member("RotationLambdaARN", rotation?.lambdaARN)
        if let rules = rotation?.rules {
            writer.name("RotationRules")
            writer.value(rules.described(lastRotatedAt: rotation?.lastRotatedAt))
        }
        if labelsName < "Tags" { writer.member(labelsName, stagingLabels) }
        if secret.wasEverTagged || secret.owningService != nil {
            writer.member("Tags", tags + ownerTag)
        }
        writer.member("Type", secret.type)
        if labelsName > "Tags" { writer.member(labelsName, stagingLabels) }
        writer.endObject()
    }

    /// Only answers have it: it is nothing that anybody put or could take away.
    private var ownerTag: [Tag] {
        secret.owningService.map { [Tag(key: "aws:secretsmanager:owningService", value: $0)] } ?? []
    }
}
