/// Identity and Access Management, API version 2010-05-08.
///
/// [API reference](https://docs.aws.amazon.com/IAM/latest/APIReference/Welcome.html)
package enum IAM: Service {
    package typealias Action = IAMAction

    package static let signingName = "iam"
    package static let eventSource = "iam.amazonaws.com"
    package static let wire = WireProtocol.query(
        version: "2010-05-08",
        namespace: "https://iam.amazonaws.com/doc/2010-05-08/"
    )
    package static let operations = Action.allCases.map(\.operation)

    package static let faults: [APIError] = [
        .fault(.deleteConflict), .fault(.entityAlreadyExists), .fault(.iamLimitExceeded),
        .fault(.invalidInput), .fault(.malformedPolicy), .fault(.noSuchEntity),
    ]
}

extension IAMAction {
    package var operation: ServiceOperation {
        switch self {
        case .attachRolePolicy: ServiceOperation(AttachPolicy<Roles>.self)
        case .attachUserPolicy: ServiceOperation(AttachPolicy<Users>.self)
        case .createAccessKey: ServiceOperation(CreateAccessKey.self)
        case .createAccountAlias: ServiceOperation(CreateAccountAlias.self)
        case .createPolicy: ServiceOperation(CreatePolicy.self)
        case .createPolicyVersion: ServiceOperation(CreatePolicyVersion.self)
        case .createRole: ServiceOperation(CreateRole.self)
        case .createUser: ServiceOperation(CreateUser.self)
        case .deleteAccessKey: ServiceOperation(DeleteAccessKey.self)
        case .deleteAccountAlias: ServiceOperation(DeleteAccountAlias.self)
        case .deleteLoginProfile: ServiceOperation(DeleteLoginProfile.self)
        case .deletePolicy: ServiceOperation(DeletePolicy.self)
        case .deletePolicyVersion: ServiceOperation(DeletePolicyVersion.self)
        case .deleteRole: ServiceOperation(DeletePrincipal<Roles>.self)
        case .deleteRolePermissionsBoundary: ServiceOperation(DeletePermissionsBoundary<Roles>.self)
        case .deleteRolePolicy: ServiceOperation(DeleteInlinePolicy<Roles>.self)
        case .deleteUser: ServiceOperation(DeletePrincipal<Users>.self)
        case .deleteUserPermissionsBoundary: ServiceOperation(DeletePermissionsBoundary<Users>.self)
        case .deleteUserPolicy: ServiceOperation(DeleteInlinePolicy<Users>.self)
        case .detachRolePolicy: ServiceOperation(DetachPolicy<Roles>.self)
        case .detachUserPolicy: ServiceOperation(DetachPolicy<Users>.self)
        case .getAccessKeyLastUsed: ServiceOperation(GetAccessKeyLastUsed.self)
        case .getAccountAuthorizationDetails:
            ServiceOperation(GetAccountAuthorizationDetails.self)
        case .getAccountSummary: ServiceOperation(GetAccountSummary.self)
        case .getLoginProfile: ServiceOperation(GetLoginProfile.self)
        case .getPolicy: ServiceOperation(GetPolicy.self)
        case .getPolicyVersion: ServiceOperation(GetPolicyVersion.self)
        case .getRole: ServiceOperation(GetPrincipal<Roles>.self)
        case .getRolePolicy: ServiceOperation(GetInlinePolicy<Roles>.self)
        case .getUser: ServiceOperation(GetPrincipal<Users>.self)
        case .getUserPolicy: ServiceOperation(GetInlinePolicy<Users>.self)
        case .listAccessKeys: ServiceOperation(ListAccessKeys.self)
        case .listAccountAliases: ServiceOperation(ListAccountAliases.self)
        case .listAttachedRolePolicies: ServiceOperation(ListAttachedPolicies<Roles>.self)
        case .listAttachedUserPolicies: ServiceOperation(ListAttachedPolicies<Users>.self)
        case .listEntitiesForPolicy: ServiceOperation(ListEntitiesForPolicy.self)
        case .listGroups: ServiceOperation(ListNothing<Groups>.self)
        case .listGroupsForUser: ServiceOperation(ListNothing<GroupsOfUser>.self)
        case .listInstanceProfiles: ServiceOperation(ListNothing<InstanceProfiles>.self)
        case .listInstanceProfilesForRole: ServiceOperation(ListNothing<ProfilesOfRole>.self)
        case .listMFADevices: ServiceOperation(ListNothing<MFADevices>.self)
        case .listPolicies: ServiceOperation(ListPolicies.self)
        case .listPolicyTags: ServiceOperation(ListPolicyTags.self)
        case .listPolicyVersions: ServiceOperation(ListPolicyVersions.self)
        case .listRolePolicies: ServiceOperation(ListInlinePolicies<Roles>.self)
        case .listRoleTags: ServiceOperation(ListPrincipalTags<Roles>.self)
        case .listRoles: ServiceOperation(ListPrincipals<Roles>.self)
        case .listServiceSpecificCredentials:
            ServiceOperation(ListNothing<ServiceSpecificCredentials>.self)
        case .listSigningCertificates: ServiceOperation(ListNothing<SigningCertificates>.self)
        case .listSSHPublicKeys: ServiceOperation(ListNothing<SSHPublicKeys>.self)
        case .listUserPolicies: ServiceOperation(ListInlinePolicies<Users>.self)
        case .listUserTags: ServiceOperation(ListPrincipalTags<Users>.self)
        case .listUsers: ServiceOperation(ListPrincipals<Users>.self)
        case .listVirtualMFADevices: ServiceOperation(ListNothing<VirtualMFADevices>.self)
        case .putRolePermissionsBoundary: ServiceOperation(PutPermissionsBoundary<Roles>.self)
        case .putRolePolicy: ServiceOperation(PutInlinePolicy<Roles>.self)
        case .putUserPermissionsBoundary: ServiceOperation(PutPermissionsBoundary<Users>.self)
        case .putUserPolicy: ServiceOperation(PutInlinePolicy<Users>.self)
        case .setDefaultPolicyVersion: ServiceOperation(SetDefaultPolicyVersion.self)
        case .simulateCustomPolicy: ServiceOperation(SimulateCustomPolicy.self)
        case .simulatePrincipalPolicy: ServiceOperation(SimulatePrincipalPolicy.self)
        case .tagPolicy: ServiceOperation(TagPolicy.self)
        case .tagRole: ServiceOperation(TagPrincipal<Roles>.self)
        case .tagUser: ServiceOperation(TagPrincipal<Users>.self)
        case .untagPolicy: ServiceOperation(UntagPolicy.self)
        case .untagRole: ServiceOperation(UntagPrincipal<Roles>.self)
        case .untagUser: ServiceOperation(UntagPrincipal<Users>.self)
        case .updateAccessKey: ServiceOperation(UpdateAccessKey.self)
        case .updateAssumeRolePolicy: ServiceOperation(UpdateAssumeRolePolicy.self)
        case .updateRole: ServiceOperation(UpdateRole.self)
        case .updateRoleDescription: ServiceOperation(UpdateRoleDescription.self)
        case .updateUser: ServiceOperation(UpdateUser.self)
        }
    }
}

extension Operation where API == IAMAction {
    /// IAM serves nobody whose session comes from GetFederationToken.
    ///
    /// [Comparing the API operations of STS](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html)
    package static var refusalOfFederatedUsers: APIError? { .invalidClientTokenID }
}
