/// What policies can permit of IAM, of operations that are not built too.
///
/// [Actions of AWS services](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
extension IAM {
    package static let permissionNames = """
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
        .split(separator: " ").map(String.init)
}
