/// What policies can permit of KMS, of operations that are not built too.
///
/// [Actions of AWS services](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
extension KMS {
    package static let permissionNames = """
        CancelKeyDeletion ConnectCustomKeyStore CreateAlias CreateCustomKeyStore CreateGrant \
        CreateKey Decapsulate Decrypt DeleteAlias DeleteCustomKeyStore \
        DeleteImportedKeyMaterial DeriveSharedSecret DescribeCustomKeyStores DescribeKey \
        DisableKey DisableKeyRotation DisconnectCustomKeyStore EnableKey EnableKeyRotation \
        Encapsulate Encrypt GenerateDataKey GenerateDataKeyPair \
        GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac \
        GenerateRandom GetKeyLastUsage GetKeyPolicy GetKeyRotationStatus \
        GetParametersForImport GetPublicKey ImportKeyMaterial ListAliases ListGrants \
        ListKeyPolicies ListKeyRotations ListKeys ListResourceTags ListRetirableGrants \
        PutKeyPolicy ReEncryptFrom ReEncryptTo ReplicateKey RetireGrant RevokeGrant \
        RotateKeyOnDemand ScheduleKeyDeletion Sign SynchronizeMultiRegionKey TagResource \
        UntagResource UpdateAlias UpdateCustomKeyStore UpdateKeyDescription \
        UpdatePrimaryRegion Verify VerifyMac
        """
        .split(separator: " ").map(String.init)
}
