internal import Notation

/// Lists what users and roles have in AWS and never have here: clients ask before they delete one.
///
/// [ListMFADevices](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html) and its kin.
/// Errors: NoSuchEntity.
package struct ListNothing<List: EmptyList>: ReadOperation {
    package typealias Response = IAMListAnswer

    package static var action: IAMAction { List.action }

    private let name: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        name =
            try List.kind.map { kind throws(APIError) in
                try members.string(kind == .user ? "UserName" : "RoleName")
            } ?? nil
        page = try PageRequest(.iam, from: &members)
    }

    package var subjectID: String? { name }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        if let kind = List.kind, name != nil || List.needsName {
            constraints.principalName(name, kind)
        }
        page.constrain(&constraints)
        return constraints.violations
    }

    /// Somebody who is named, or who calls; nothing in particular for lists of a whole account.
    package func resource(
        _ subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        guard let kind = List.kind else { return ProtectedResource(nothingFor: caller) }
        guard let name else { return ProtectedResource(holderOf: caller) }
        let principal = try vault.principal(kind, named: name, in: caller.scope.account)
        return ProtectedResource(principal, kind, name, caller)
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        if let kind = List.kind, let name {
            let account = call.caller.scope.account
            guard try vault.principal(kind, named: name, in: account) != nil else {
                throw .noSuchPrincipal(kind, name)
            }
        }
        // A marker that was never given is refused here too.
        let nothing = try page.page(of: List.member, listed: [IAMText]()) { $0.text }
        return IAMListAnswer(List.member, nothing.items)
    }
}

/// A list that is always empty.
package protocol EmptyList: Sendable {
    static var action: IAMAction { get }
    /// The name of the list in the answer.
    static var member: String { get }
    /// Whose it is; nil for the account's.
    static var kind: IAMPrincipal.Kind? { get }
    /// Whether a request must say whose, or is about the caller when it does not.
    static var needsName: Bool { get }
}

extension EmptyList {
    package static var needsName: Bool { false }
}

/// Groups of an account.
package enum Groups: EmptyList {
    package static let action = IAMAction.listGroups
    package static let member = "Groups"
    package static let kind: IAMPrincipal.Kind? = nil
}

/// What hands roles to machines, all of it.
package enum InstanceProfiles: EmptyList {
    package static let action = IAMAction.listInstanceProfiles
    package static let member = "InstanceProfiles"
    package static let kind: IAMPrincipal.Kind? = nil
}

/// Second factors that are programs.
package enum VirtualMFADevices: EmptyList {
    package static let action = IAMAction.listVirtualMFADevices
    package static let member = "VirtualMFADevices"
    package static let kind: IAMPrincipal.Kind? = nil
}

/// What hands a role to a machine.
package enum ProfilesOfRole: EmptyList {
    package static let action = IAMAction.listInstanceProfilesForRole
    package static let member = "InstanceProfiles"
    package static let kind: IAMPrincipal.Kind? = .role
    package static let needsName = true
}

/// Groups, which there are none of here.
package enum GroupsOfUser: EmptyList {
    package static let action = IAMAction.listGroupsForUser
    package static let member = "Groups"
    package static let kind: IAMPrincipal.Kind? = .user
    package static let needsName = true
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
