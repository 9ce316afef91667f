@testable import Storage

extension Table {
    /// What there is to try of each.
    var statements: any StatementList.Type {
        switch self {
        case .meta: MetaTable.self
        case .tally: TallyTable.self
        case .keyEncryptionKey: KeyEncryptionKeyTable.self
        case .audit: AuditTable.self
        case .auditBlock: AuditBlockTable.self
        case .snapshot: SnapshotTable.self
        case .madeAccount: MadeAccountTable.self
        case .secret: SecretTable.self
        case .tag: TagTable.self
        case .version: VersionTable.self
        case .versionKey: VersionKeyTable.self
        case .stagingLabel: StagingLabelTable.self
        case .resourcePolicy: ResourcePolicyTable.self
        case .replica: ReplicaTable.self
        case .crossAccountReplica: CrossAccountReplicaTable.self
        case .rotationConfiguration: RotationConfigurationTable.self
        case .rotation: RotationTable.self
        case .kmsKey: KMSKeyTable.self
        case .kmsAlias: KMSAliasTable.self
        case .kmsTag: KMSTagTable.self
        case .kmsKeyMaterial: KMSKeyMaterialTable.self
        case .kmsGrant: KMSGrantTable.self
        case .iamPrincipal: IAMPrincipalTable.self
        case .iamPrincipalTag: IAMPrincipalTagTable.self
        case .iamInlinePolicy: IAMInlinePolicyTable.self
        case .iamAttachment: IAMAttachmentTable.self
        case .iamPolicy: IAMPolicyTable.self
        case .iamPolicyVersion: IAMPolicyVersionTable.self
        case .iamPolicyTag: IAMPolicyTagTable.self
        case .iamAccessKey: IAMAccessKeyTable.self
        case .iamAccountAlias: IAMAccountAliasTable.self
        case .ecsCluster: ECSClusterTable.self
        case .ecsService: ECSServiceTable.self
        case .ecsDeployment: ECSDeploymentTable.self
        case .ecsEvent: ECSEventTable.self
        case .ecsTaskDefinition: ECSTaskDefinitionTable.self
        }
    }
}
