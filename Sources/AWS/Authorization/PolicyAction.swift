/// The names that policies have for what can be done, as far as they are known here.
///
/// [Actions of AWS services](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html):
/// of the services that are built all names, of operations that are not built too.
enum PolicyAction {
    /// An action in its service's spelling: capital and small letters are the same in policies.
    static func spelled(_ text: String) -> String {
        guard let (service, name) = parts(of: text), let names = names[service.lowercased()] else {
            return text
        }
        let known = names.first { $0.lowercased() == name.lowercased() }
        return "\(service.lowercased()):\(known ?? name)"
    }

    /// What is wrong with a text that should be one action; nil when nothing is.
    ///
    /// What services have that are not built here cannot be told, and is taken as it is.
    static func fault(in text: String) -> String? {
        guard let (service, name) = parts(of: text) else {
            return "\"\(text)\" is no action: write it as secretsmanager:GetSecretValue."
        }
        guard let names = names[service.lowercased()] else { return nil }
        guard !names.contains(where: { $0.lowercased() == name.lowercased() }) else { return nil }
        return "\(service.lowercased()) has no action \(name)."
    }

    /// The prefix of the service and the name; nil for what is no single action.
    private static func parts(of text: String) -> (service: String, name: String)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let service = parts.first, let name = parts.last,
            !service.isEmpty, !name.isEmpty, name.utf8.allSatisfy(SecretName.isAlphanumeric),
            service.utf8.allSatisfy({ SecretName.isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        return (String(service), String(name))
    }

    private static let names: [String: [String]] = [
        // The last one is asked for by another operation, and is none itself.
        Action.policyPrefix: Action.allCases.map(\.rawValue) + ["AcceptCrossAccountReplication"],
        KMSAction.policyPrefix: list(kms),
        IAMAction.policyPrefix: list(iam),
        STSAction.policyPrefix: list(sts),
        CloudTrailAction.policyPrefix: list(cloudTrail),
    ]

    private static func list(_ names: String) -> [String] {
        names.split(separator: " ").map(String.init)
    }

    private static let kms = """
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

    private static let sts = """
        AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot \
        DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity \
        GetDelegatedAccessToken GetFederationToken GetServiceBearerToken GetSessionToken \
        GetWebIdentityToken SetContext SetSourceIdentity TagSession
        """

    private static let cloudTrail = """
        AddTags CancelQuery CreateChannel CreateDashboard CreateEventDataStore CreateTrail \
        DeleteChannel DeleteDashboard DeleteEventDataStore DeleteResourcePolicy DeleteTrail \
        DeregisterOrganizationDelegatedAdmin DescribeQuery DescribeTrails DisableFederation \
        EnableFederation GenerateQuery GetChannel GetDashboard GetEventConfiguration \
        GetEventDataStore GetEventDataStoreData GetEventSelectors GetImport \
        GetInsightSelectors GetQueryResults GetResourcePolicy GetTrail GetTrailStatus \
        ListChannels ListDashboards ListEventDataStores ListImportFailures ListImports \
        ListInsightsData ListInsightsMetricData ListPublicKeys ListQueries \
        ListServiceLinkedChannels ListTags ListTrails LookupEvents PutEventConfiguration \
        PutEventSelectors PutInsightSelectors PutResourcePolicy \
        RegisterOrganizationDelegatedAdmin RemoveTags RestoreEventDataStore \
        SearchSampleQueries StartDashboardRefresh StartEventDataStoreIngestion StartImport \
        StartLogging StartQuery StopEventDataStoreIngestion StopImport StopLogging \
        UpdateChannel UpdateDashboard UpdateEventDataStore UpdateTrail
        """

    private static let iam = """
        AcceptDelegationRequest AcquireRole AddClientIDToOpenIDConnectProvider \
        AddRoleToInstanceProfile AddUserToGroup AssociateDelegationRequest AttachGroupPolicy \
        AttachRolePolicy AttachUserPolicy ChangePassword CreateAccessKey CreateAccountAlias \
        CreateDelegationRequest CreateGroup CreateInstanceProfile CreateLoginProfile \
        CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion CreateRole \
        CreateSAMLProvider CreateServiceLinkedRole CreateServiceSpecificCredential \
        CreateUser CreateVirtualMFADevice DeactivateMFADevice DeleteAccessKey \
        DeleteAccountAlias DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy \
        DeleteInstanceProfile DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy \
        DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy \
        DeleteSAMLProvider DeleteSSHPublicKey DeleteServerCertificate \
        DeleteServiceLinkedRole DeleteServiceSpecificCredential DeleteSigningCertificate \
        DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice \
        DetachGroupPolicy DetachRolePolicy DetachUserPolicy \
        DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions \
        DisableOutboundWebIdentityFederation EnableMFADevice \
        EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions \
        EnableOutboundWebIdentityFederation GenerateCredentialReport \
        GenerateOrganizationsAccessReport GenerateServiceLastAccessedDetails \
        GetAccessKeyLastUsed GetAccountAuthorizationDetails GetAccountPasswordPolicy \
        GetAccountProperties GetAccountSummary GetContextKeysForCustomPolicy \
        GetContextKeysForPrincipalPolicy GetCredentialReport GetDelegationRequest GetGroup \
        GetGroupPolicy GetHumanReadableSummary GetInstanceProfile GetLoginProfile \
        GetMFADevice GetOpenIDConnectProvider GetOrganizationsAccessReport \
        GetOutboundWebIdentityFederationInfo GetPolicy GetPolicyVersion GetRole \
        GetRolePolicy GetRoleTemplateVersion GetSAMLProvider GetSSHPublicKey \
        GetServerCertificate GetServiceLastAccessedDetails \
        GetServiceLastAccessedDetailsWithEntities GetServiceLinkedRoleDeletionStatus GetUser \
        GetUserPolicy ListAccessKeys ListAccountAliases ListAttachedGroupPolicies \
        ListAttachedRolePolicies ListAttachedUserPolicies ListDelegationRequests \
        ListEntitiesForPolicy ListGroupPolicies ListGroups ListGroupsForUser \
        ListInstanceProfileTags ListInstanceProfiles ListInstanceProfilesForRole \
        ListMFADeviceTags ListMFADevices ListOpenIDConnectProviderTags \
        ListOpenIDConnectProviders ListOrganizationsFeatures ListPolicies \
        ListPoliciesGrantingServiceAccess ListPolicyTags ListPolicyVersions ListRolePolicies \
        ListRoleTags ListRoles ListSAMLProviderTags ListSAMLProviders ListSSHPublicKeys \
        ListServerCertificateTags ListServerCertificates ListServiceSpecificCredentials \
        ListSigningCertificates ListUserPolicies ListUserTags ListUsers \
        ListVirtualMFADevices PassRole PutAccountProperties PutGroupPolicy \
        PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy \
        RejectDelegationRequest RemoveClientIDFromOpenIDConnectProvider \
        RemoveRoleFromInstanceProfile RemoveUserFromGroup ResetServiceSpecificCredential \
        ResyncMFADevice SendDelegationToken SetDefaultPolicyVersion \
        SetSTSRegionalEndpointStatus SetSecurityTokenServicePreferences SimulateCustomPolicy \
        SimulatePrincipalPolicy TagInstanceProfile TagMFADevice TagOpenIDConnectProvider \
        TagPolicy TagRole TagSAMLProvider TagServerCertificate TagUser UntagInstanceProfile \
        UntagMFADevice UntagOpenIDConnectProvider UntagPolicy UntagRole UntagSAMLProvider \
        UntagServerCertificate UntagUser UpdateAccessKey UpdateAccountPasswordPolicy \
        UpdateAssumeRolePolicy UpdateDelegationRequest UpdateGroup UpdateLoginProfile \
        UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription \
        UpdateSAMLProvider UpdateSSHPublicKey UpdateServerCertificate \
        UpdateServiceSpecificCredential UpdateSigningCertificate UpdateUser \
        UploadSSHPublicKey UploadServerCertificate UploadSigningCertificate
        """
}
