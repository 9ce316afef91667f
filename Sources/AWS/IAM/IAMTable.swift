package import JSON

/// From the name of an operation of IAM to the operation, and its answer as bytes.
package enum IAMTable {
    /// Calls the operation that `action` names.
    package static func call(
        _ action: IAMAction,
        _ body: JSONObject,
        by caller: Caller,
        _ service: Service,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) {
        action.run(OperationCall(body: body, caller: caller, service: service, reply: reply))
    }
}

extension IAMAction {
    /// Runs the operation of this name.
    fileprivate var run: (OperationCall) -> Void {
        switch self {
        case .attachRolePolicy: { $0.run(AttachPolicy<Roles>.self) }
        case .attachUserPolicy: { $0.run(AttachPolicy<Users>.self) }
        case .createAccessKey: { $0.run(CreateAccessKey.self) }
        case .createPolicy: { $0.run(CreatePolicy.self) }
        case .createPolicyVersion: { $0.run(CreatePolicyVersion.self) }
        case .createRole: { $0.run(CreateRole.self) }
        case .createUser: { $0.run(CreateUser.self) }
        case .deleteAccessKey: { $0.run(DeleteAccessKey.self) }
        case .deleteLoginProfile: { $0.run(DeleteLoginProfile.self) }
        case .deletePolicy: { $0.run(DeletePolicy.self) }
        case .deletePolicyVersion: { $0.run(DeletePolicyVersion.self) }
        case .deleteRole: { $0.run(DeletePrincipal<Roles>.self) }
        case .deleteRolePermissionsBoundary: { $0.run(DeletePermissionsBoundary<Roles>.self) }
        case .deleteRolePolicy: { $0.run(DeleteInlinePolicy<Roles>.self) }
        case .deleteUser: { $0.run(DeletePrincipal<Users>.self) }
        case .deleteUserPermissionsBoundary: { $0.run(DeletePermissionsBoundary<Users>.self) }
        case .deleteUserPolicy: { $0.run(DeleteInlinePolicy<Users>.self) }
        case .detachRolePolicy: { $0.run(DetachPolicy<Roles>.self) }
        case .detachUserPolicy: { $0.run(DetachPolicy<Users>.self) }
        case .getAccessKeyLastUsed: { $0.run(GetAccessKeyLastUsed.self) }
        case .getLoginProfile: { $0.run(GetLoginProfile.self) }
        case .getPolicy: { $0.run(GetPolicy.self) }
        case .getPolicyVersion: { $0.run(GetPolicyVersion.self) }
        case .getRole: { $0.run(GetPrincipal<Roles>.self) }
        case .getRolePolicy: { $0.run(GetInlinePolicy<Roles>.self) }
        case .getUser: { $0.run(GetPrincipal<Users>.self) }
        case .getUserPolicy: { $0.run(GetInlinePolicy<Users>.self) }
        case .listAccessKeys: { $0.run(ListAccessKeys.self) }
        case .listAccountAliases: { $0.run(ListNothing<AccountAliases>.self) }
        case .listAttachedRolePolicies: { $0.run(ListAttachedPolicies<Roles>.self) }
        case .listAttachedUserPolicies: { $0.run(ListAttachedPolicies<Users>.self) }
        case .listEntitiesForPolicy: { $0.run(ListEntitiesForPolicy.self) }
        case .listGroupsForUser: { $0.run(ListNothing<GroupsOfUser>.self) }
        case .listInstanceProfilesForRole: { $0.run(ListNothing<InstanceProfiles>.self) }
        case .listMFADevices: { $0.run(ListNothing<MFADevices>.self) }
        case .listPolicies: { $0.run(ListPolicies.self) }
        case .listPolicyTags: { $0.run(ListPolicyTags.self) }
        case .listPolicyVersions: { $0.run(ListPolicyVersions.self) }
        case .listRolePolicies: { $0.run(ListInlinePolicies<Roles>.self) }
        case .listRoleTags: { $0.run(ListPrincipalTags<Roles>.self) }
        case .listRoles: { $0.run(ListPrincipals<Roles>.self) }
        case .listServiceSpecificCredentials:
            { $0.run(ListNothing<ServiceSpecificCredentials>.self) }
        case .listSigningCertificates: { $0.run(ListNothing<SigningCertificates>.self) }
        case .listSSHPublicKeys: { $0.run(ListNothing<SSHPublicKeys>.self) }
        case .listUserPolicies: { $0.run(ListInlinePolicies<Users>.self) }
        case .listUserTags: { $0.run(ListPrincipalTags<Users>.self) }
        case .listUsers: { $0.run(ListPrincipals<Users>.self) }
        case .listVirtualMFADevices: { $0.run(ListNothing<VirtualMFADevices>.self) }
        case .putRolePermissionsBoundary: { $0.run(PutPermissionsBoundary<Roles>.self) }
        case .putRolePolicy: { $0.run(PutInlinePolicy<Roles>.self) }
        case .putUserPermissionsBoundary: { $0.run(PutPermissionsBoundary<Users>.self) }
        case .putUserPolicy: { $0.run(PutInlinePolicy<Users>.self) }
        case .setDefaultPolicyVersion: { $0.run(SetDefaultPolicyVersion.self) }
        case .tagPolicy: { $0.run(TagPolicy.self) }
        case .tagRole: { $0.run(TagPrincipal<Roles>.self) }
        case .tagUser: { $0.run(TagPrincipal<Users>.self) }
        case .untagPolicy: { $0.run(UntagPolicy.self) }
        case .untagRole: { $0.run(UntagPrincipal<Roles>.self) }
        case .untagUser: { $0.run(UntagPrincipal<Users>.self) }
        case .updateAccessKey: { $0.run(UpdateAccessKey.self) }
        case .updateAssumeRolePolicy: { $0.run(UpdateAssumeRolePolicy.self) }
        case .updateRole: { $0.run(UpdateRole.self) }
        case .updateRoleDescription: { $0.run(UpdateRoleDescription.self) }
        case .updateUser: { $0.run(UpdateUser.self) }
        }
    }
}
