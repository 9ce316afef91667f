internal import JSON

/// A secret as DescribeSecret and ListSecrets show it: the same but for the name of one member.
struct SecretEntry: Sendable {
    let secret: Secret
    let tags: [Tag]
    let stagingLabels: StagingLabels

    /// Writes it with the staging labels as `VersionIdsToStages` or `SecretVersionsToStages`.
    func write(to writer: inout JSONWriter, labelsAs labelsName: String) {
        writer.beginObject()
        writer.member("ARN", secret.arn.text)
        writer.member("CreatedDate", secret.createdAt)
        writer.member("DeletedDate", secret.deletedAt)
        writer.memberUnlessEmpty("Description", secret.description)
        writer.memberUnlessEmpty("KmsKeyId", secret.kmsKeyID)
        writer.member("LastAccessedDate", secret.lastAccessedAt)
        writer.member("LastChangedDate", secret.lastChangedAt)
        writer.member("Name", secret.name)
        writer.member("OwningService", secret.owningService)
        if labelsName < "Tags" { writer.member(labelsName, stagingLabels) }
        if secret.wasEverTagged { writer.member("Tags", tags) }
        writer.member("Type", secret.type)
        if labelsName > "Tags" { writer.member(labelsName, stagingLabels) }
        writer.endObject()
    }
}
