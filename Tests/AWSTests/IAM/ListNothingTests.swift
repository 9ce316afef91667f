import AWS
import JSON
import TestSupport
import Testing

/// Lists of what there is none of here; Terraform asks for them before it deletes a user or role.
@Suite struct ListNothingTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases { try vault.create(holder, "ci") }
    }

    @Test(arguments: [
        (IAMAction.listGroups, "Groups"), (.listInstanceProfiles, "InstanceProfiles"),
        (.listVirtualMFADevices, "VirtualMFADevices"),
    ])
    func `A list of the account is empty`(action: IAMAction, list: String) throws {
        #expect(try vault.iam(action).text == #"{"IsTruncated":false,"\#(list)":[]}"#)
        #expect(vault.refusal(ofIAM: action, ["Marker": "invented"]) == .invalidMarker)
    }

    @Test(arguments: [
        (IAMAction.listGroupsForUser, "Groups"), (.listMFADevices, "MFADevices"),
        (.listSSHPublicKeys, "SSHPublicKeys"), (.listSigningCertificates, "Certificates"),
        (.listServiceSpecificCredentials, "ServiceSpecificCredentials"),
    ])
    func `A list of a user is empty`(action: IAMAction, list: String) throws {
        let members: JSONValue = ["UserName": "CI"]
        #expect(try vault.iam(action, members).text == #"{"IsTruncated":false,"\#(list)":[]}"#)
        #expect(
            vault.refusal(ofIAM: action, ["UserName": "nobody"]) == Holder.user.unknown("nobody")
        )
        #expect(vault.refusal(ofIAM: action, members, by: stranger) == Holder.user.unknown("CI"))
    }

    @Test func `A list of a role is empty`() throws {
        #expect(
            try vault.iam(.listInstanceProfilesForRole, ["RoleName": "CI"]).text
                == #"{"IsTruncated":false,"InstanceProfiles":[]}"#
        )
        #expect(
            vault.refusal(ofIAM: .listInstanceProfilesForRole, ["RoleName": "nobody"])
                == Holder.role.unknown("nobody")
        )
    }
}
