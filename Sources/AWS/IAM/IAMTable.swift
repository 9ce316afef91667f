package import JSON

/// From the name of an operation of IAM to the operation, and its answer as bytes.
package enum IAMTable {
    package typealias Reply = @Sendable (OperationResult) -> Void

    /// Calls the operation that `action` names.
    package static func call(
        _ action: IAMAction,
        _ body: JSONObject,
        by caller: Caller,
        _ service: Service,
        _ reply: @escaping Reply
    ) {
        let call = OperationCall(body: body, caller: caller, service: service, reply: reply)
        switch action {
        case .attachRolePolicy: call.run(AttachPolicy<Roles>.self)
        case .attachUserPolicy: call.run(AttachPolicy<Users>.self)
        case .createAccessKey: call.run(CreateAccessKey.self)
        case .createPolicy: call.run(CreatePolicy.self)
        case .createPolicyVersion: call.run(CreatePolicyVersion.self)
        case .createRole: call.run(CreateRole.self)
        case .createUser: call.run(CreateUser.self)
        case .deleteAccessKey: call.run(DeleteAccessKey.self)
        case .deleteLoginProfile: call.run(DeleteLoginProfile.self)
        case .deletePolicy: call.run(DeletePolicy.self)
        case .deletePolicyVersion: call.run(DeletePolicyVersion.self)
        case .deleteRole: call.run(DeletePrincipal<Roles>.self)
        case .deleteRolePermissionsBoundary: call.run(DeletePermissionsBoundary<Roles>.self)
        case .deleteRolePolicy: call.run(DeleteInlinePolicy<Roles>.self)
        case .deleteUser: call.run(DeletePrincipal<Users>.self)
        case .deleteUserPermissionsBoundary: call.run(DeletePermissionsBoundary<Users>.self)
        case .deleteUserPolicy: call.run(DeleteInlinePolicy<Users>.self)
        case .detachRolePolicy: call.run(DetachPolicy<Roles>.self)
        case .detachUserPolicy: call.run(DetachPolicy<Users>.self)
        case .getAccessKeyLastUsed: call.run(GetAccessKeyLastUsed.self)
        case .getLoginProfile: call.run(GetLoginProfile.self)
        case .getPolicy: call.run(GetPolicy.self)
        case .getPolicyVersion: call.run(GetPolicyVersion.self)
        case .getRole: call.run(GetPrincipal<Roles>.self)
        case .getRolePolicy: call.run(GetInlinePolicy<Roles>.self)
        case .getUser: call.run(GetPrincipal<Users>.self)
        case .getUserPolicy: call.run(GetInlinePolicy<Users>.self)
        case .listAccessKeys: call.run(ListAccessKeys.self)
        case .listAccountAliases: call.run(ListNothing<AccountAliases>.self)
        case .listAttachedRolePolicies: call.run(ListAttachedPolicies<Roles>.self)
        case .listAttachedUserPolicies: call.run(ListAttachedPolicies<Users>.self)
        case .listEntitiesForPolicy: call.run(ListEntitiesForPolicy.self)
        case .listGroupsForUser: call.run(ListNothing<GroupsOfUser>.self)
        case .listInstanceProfilesForRole: call.run(ListNothing<InstanceProfiles>.self)
        case .listMFADevices: call.run(ListNothing<MFADevices>.self)
        case .listPolicies: call.run(ListPolicies.self)
        case .listPolicyTags: call.run(ListPolicyTags.self)
        case .listPolicyVersions: call.run(ListPolicyVersions.self)
        case .listRolePolicies: call.run(ListInlinePolicies<Roles>.self)
        case .listRoleTags: call.run(ListPrincipalTags<Roles>.self)
        case .listRoles: call.run(ListPrincipals<Roles>.self)
        case .listServiceSpecificCredentials: call.run(ListNothing<ServiceSpecificCredentials>.self)
        case .listSigningCertificates: call.run(ListNothing<SigningCertificates>.self)
        case .listSSHPublicKeys: call.run(ListNothing<SSHPublicKeys>.self)
        case .listUserPolicies: call.run(ListInlinePolicies<Users>.self)
        case .listUserTags: call.run(ListPrincipalTags<Users>.self)
        case .listUsers: call.run(ListPrincipals<Users>.self)
        case .listVirtualMFADevices: call.run(ListNothing<VirtualMFADevices>.self)
        case .putRolePermissionsBoundary: call.run(PutPermissionsBoundary<Roles>.self)
        case .putRolePolicy: call.run(PutInlinePolicy<Roles>.self)
        case .putUserPermissionsBoundary: call.run(PutPermissionsBoundary<Users>.self)
        case .putUserPolicy: call.run(PutInlinePolicy<Users>.self)
        case .setDefaultPolicyVersion: call.run(SetDefaultPolicyVersion.self)
        case .tagPolicy: call.run(TagPolicy.self)
        case .tagRole: call.run(TagPrincipal<Roles>.self)
        case .tagUser: call.run(TagPrincipal<Users>.self)
        case .untagPolicy: call.run(UntagPolicy.self)
        case .untagRole: call.run(UntagPrincipal<Roles>.self)
        case .untagUser: call.run(UntagPrincipal<Users>.self)
        case .updateAccessKey: call.run(UpdateAccessKey.self)
        case .updateAssumeRolePolicy: call.run(UpdateAssumeRolePolicy.self)
        case .updateRole: call.run(UpdateRole.self)
        case .updateRoleDescription: call.run(UpdateRoleDescription.self)
        case .updateUser: call.run(UpdateUser.self)
        }
    }
}
