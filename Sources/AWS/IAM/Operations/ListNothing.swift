/// Lists what users and roles have in AWS and never have here: clients ask before they delete one.
///
/// [ListMFADevices](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html) and its kin.
/// Errors: NoSuchEntity.
package struct ListNothing<List: EmptyList>: ReadOperation {
    package typealias Response = IAMListAnswer

    package static var action: IAMAction { List.action }

    private let name: String?

    package init(from members: inout Members) throws(APIError) {
        name =
            try List.kind.map { kind throws(APIError) in
                try members.string(kind == .user ? "UserName" : "RoleName")
            } ?? nil
    }

    package var subject: String? { name }

    package func permissions() -> [Permission] {
        guard let kind = List.kind else { return [ownPermission] }
        return [Permission(Self.action, on: name.map { .principal(kind, $0) } ?? .caller)]
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        if let kind = List.kind, let name {
            let account = call.caller.scope.account
            guard try vault.principal(kind, named: name, in: account) != nil else {
                throw .noSuchPrincipal(kind, name)
            }
        }
        return IAMListAnswer(List.member, [])
    }
}

/// A list that is always empty.
package protocol EmptyList: Sendable {
    static var action: IAMAction { get }
    /// The name of the list in the answer.
    static var member: String { get }
    /// Whose it is; nil for the account's.
    static var kind: IAMPrincipal.Kind? { get }
}

/// The names of an account.
package enum AccountAliases: EmptyList {
    package static let action = IAMAction.listAccountAliases
    package static let member = "AccountAliases"
    package static let kind: IAMPrincipal.Kind? = nil
}

/// Second factors that are programs.
package enum VirtualMFADevices: EmptyList {
    package static let action = IAMAction.listVirtualMFADevices
    package static let member = "VirtualMFADevices"
    package static let kind: IAMPrincipal.Kind? = nil
}

/// What hands a role to a machine.
package enum InstanceProfiles: EmptyList {
    package static let action = IAMAction.listInstanceProfilesForRole
    package static let member = "InstanceProfiles"
    package static let kind: IAMPrincipal.Kind? = .role
}

/// Groups, which there are none of here.
package enum GroupsOfUser: EmptyList {
    package static let action = IAMAction.listGroupsForUser
    package static let member = "Groups"
    package static let kind: IAMPrincipal.Kind? = .user
}

/// Second factors of a user.
package enum MFADevices: EmptyList {
    package static let action = IAMAction.listMFADevices
    package static let member = "MFADevices"
    package static let kind: IAMPrincipal.Kind? = .user
}

/// Keys for repositories of code.
package enum SSHPublicKeys: EmptyList {
    package static let action = IAMAction.listSSHPublicKeys
    package static let member = "SSHPublicKeys"
    package static let kind: IAMPrincipal.Kind? = .user
}

/// Certificates of older services.
package enum SigningCertificates: EmptyList {
    package static let action = IAMAction.listSigningCertificates
    package static let member = "Certificates"
    package static let kind: IAMPrincipal.Kind? = .user
}

/// Passwords for single services.
package enum ServiceSpecificCredentials: EmptyList {
    package static let action = IAMAction.listServiceSpecificCredentials
    package static let member = "ServiceSpecificCredentials"
    package static let kind: IAMPrincipal.Kind? = .user
}
