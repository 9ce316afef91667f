/// The tables, by their names in the database.
///
/// Whoever adds one is asked by the compiler for whose its rows are, and in the tests for its statements.
enum Table: Int, CodingKey, CaseIterable {
    case meta, tally, keyEncryptionKey, audit, auditBlock, snapshot
    case madeAccount
    case secret, tag, version, versionKey, stagingLabel, resourcePolicy
    case replica, crossAccountReplica
    case rotationConfiguration, rotation
    case kmsKey, kmsAlias, kmsTag, kmsKeyMaterial, kmsGrant
    case iamPrincipal, iamPrincipalTag, iamInlinePolicy, iamAttachment
    case iamPolicy, iamPolicyVersion, iamPolicyTag
    case iamAccessKey, iamAccountAlias
    case ecsCluster, ecsService, ecsDeployment, ecsEvent, ecsTaskDefinition

    /// The name in the database.
    var name: String { SnakeCase.name(stringValue) }
}
