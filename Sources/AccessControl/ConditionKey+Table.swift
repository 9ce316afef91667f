extension ConditionKey {
    /// All keys of Secrets Manager, KMS, IAM and STS whose values this server knows, and where from:
    /// the one table of them.
    package static let all = global + ofSecretsManager + ofKMS + ofIAM + ofSTS + ofECS

    private static let global = [
        ConditionKey("aws:CalledVia", .list, from: .service),
        ConditionKey("aws:CalledViaFirst", .text, from: .service),
        ConditionKey("aws:CalledViaLast", .text, from: .service),
        ConditionKey("aws:CurrentTime", .date, from: .clock),
        ConditionKey("aws:EpochTime", .date, from: .clock),
        ConditionKey("aws:FederatedProvider", .text, from: .session),
        ConditionKey("aws:MultiFactorAuthPresent", .truth, from: .session),
        ConditionKey("aws:PrincipalAccount", .text, from: .principal),
        ConditionKey("aws:PrincipalArn", .arn, from: .principal),
        ConditionKey("aws:PrincipalIsAWSService", .truth, from: .service),
        ConditionKey("aws:PrincipalServiceName", .text, from: .service),
        ConditionKey("aws:PrincipalServiceNamesList", .list, from: .service),
        ConditionKey("aws:PrincipalTag/", .text, from: .principal),
        ConditionKey("aws:PrincipalType", .text, from: .principal),
        ConditionKey("aws:Referer", .text, from: .connection),
        ConditionKey("aws:RequestedRegion", .text, from: .connection),
        ConditionKey("aws:RequestTag/", .text, from: .request),
        ConditionKey("aws:ResourceAccount", .text, from: .resource),
        ConditionKey("aws:ResourceTag/", .text, from: .resource),
        ConditionKey("aws:SecureTransport", .truth, from: .connection),
        ConditionKey("aws:SourceAccount", .text, from: .service),
        ConditionKey("aws:SourceArn", .arn, from: .service),
        ConditionKey("aws:SourceIdentity", .text, from: .session),
        ConditionKey("aws:SourceIp", .address, from: .connection),
        ConditionKey("aws:TagKeys", .list, from: .request),
        ConditionKey("aws:TokenIssueTime", .date, from: .session),
        ConditionKey("aws:UserAgent", .text, from: .connection),
        ConditionKey("aws:userid", .text, from: .principal),
        ConditionKey("aws:username", .text, from: .principal),
        ConditionKey("aws:ViaAWSService", .truth, from: .service),
    ]

    private static let ofSecretsManager = [
        ConditionKey("secretsmanager:AddReplicaRegions", .list, from: .request),
        ConditionKey("secretsmanager:BlockPublicPolicy", .truth, from: .request),
        ConditionKey("secretsmanager:Description", .text, from: .request),
        ConditionKey("secretsmanager:ExternalSecretRotationRoleArn", .arn, from: .request),
        ConditionKey("secretsmanager:ForceDeleteWithoutRecovery", .truth, from: .request),
        ConditionKey("secretsmanager:ForceOverwriteReplicaSecret", .truth, from: .request),
        ConditionKey("secretsmanager:KmsKeyArn", .arn, from: .request),
        ConditionKey("secretsmanager:KmsKeyId", .text, from: .request),
        ConditionKey("secretsmanager:ModifyRotationRules", .truth, from: .request),
        ConditionKey("secretsmanager:Name", .text, from: .request),
        ConditionKey("secretsmanager:RecoveryWindowInDays", .number, from: .request),
        ConditionKey("secretsmanager:resource/AllowRotationLambdaArn", .arn, from: .resource),
        ConditionKey("secretsmanager:resource/Type", .text, from: .resource),
        ConditionKey("secretsmanager:ResourceTag/", .text, from: .resource),
        ConditionKey("secretsmanager:RotateImmediately", .truth, from: .request),
        ConditionKey("secretsmanager:RotationLambdaARN", .arn, from: .request),
        ConditionKey("secretsmanager:SecretId", .arn, from: .resource),
        ConditionKey("secretsmanager:SecretPrimaryRegion", .text, from: .resource),
        ConditionKey("secretsmanager:Type", .text, from: .request),
        ConditionKey("secretsmanager:VersionId", .text, from: .request),
        ConditionKey("secretsmanager:VersionStage", .text, from: .request),
    ]

    private static let ofKMS = [
        ConditionKey("kms:BypassPolicyLockoutSafetyCheck", .truth, from: .request),
        ConditionKey("kms:CallerAccount", .text, from: .principal),
        ConditionKey("kms:CustomerMasterKeySpec", .text, from: .resource),
        ConditionKey("kms:CustomerMasterKeyUsage", .text, from: .resource),
        ConditionKey("kms:EncryptionAlgorithm", .text, from: .request),
        ConditionKey("kms:EncryptionContext:", .text, from: .request),
        ConditionKey("kms:EncryptionContextKeys", .list, from: .request),
        ConditionKey("kms:GrantConstraintType", .text, from: .request),
        ConditionKey("kms:GranteePrincipal", .text, from: .request),
        ConditionKey("kms:GrantIsForAWSResource", .truth, from: .request),
        ConditionKey("kms:GrantOperations", .list, from: .request),
        ConditionKey("kms:KeyOrigin", .text, from: .resource),
        ConditionKey("kms:KeySpec", .text, from: .resource),
        ConditionKey("kms:KeyUsage", .text, from: .resource),
        ConditionKey("kms:MultiRegion", .truth, from: .resource),
        ConditionKey("kms:MultiRegionKeyType", .text, from: .resource),
        ConditionKey("kms:ReEncryptOnSameKey", .truth, from: .request),
        ConditionKey("kms:RequestAlias", .text, from: .request),
        ConditionKey("kms:ResourceAliases", .list, from: .resource),
        ConditionKey("kms:RetiringPrincipal", .text, from: .request),
        ConditionKey("kms:RotationPeriodInDays", .number, from: .request),
        ConditionKey("kms:ScheduleKeyDeletionPendingWindowInDays", .number, from: .request),
        ConditionKey("kms:ViaService", .text, from: .service),
    ]

    private static let ofIAM = [
        ConditionKey("iam:PassedToService", .text, from: .request),
        ConditionKey("iam:PermissionsBoundary", .arn, from: .resource),
        ConditionKey("iam:PolicyARN", .arn, from: .request),
        ConditionKey("iam:ResourceTag/", .text, from: .resource),
    ]

    private static let ofSTS = [
        ConditionKey("sts:ExternalId", .text, from: .request),
        ConditionKey("sts:RoleSessionName", .text, from: .request),
        ConditionKey("sts:SourceIdentity", .text, from: .request),
        ConditionKey("sts:TransitiveTagKeys", .list, from: .request),
        ConditionKey(":amr", .list, from: .token),
        ConditionKey(":aud", .text, from: .token),
        ConditionKey(":oaud", .text, from: .token),
        ConditionKey(":sub", .text, from: .token),
    ]

    /// Only its lists: what else its operations tell is in their own tests.
    private static let ofECS = [
        ConditionKey("ecs:capacity-provider", .list, from: .request),
        ConditionKey("ecs:compute-compatibility", .list, from: .request),
    ]
}
