import AWS
import JSON
import TestSupport
import Testing

@Suite struct DeletePolicyTests {
    let vault: ScratchVault
    let arn: String
    let policy: JSONValue

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
        policy = ["PolicyArn": "\(arn)"]
    }

    @Test func `A policy goes, and its name is free`() throws {
        try vault.createPolicy("other")
        #expect(try vault.iam(.deletePolicy, policy).text == "{}")
        try vault.expect(.deletePolicy, policy, isRefusedWith: .noPolicy(arn))
        #expect(try vault.createPolicy("read") == arn)
        #expect(try vault.versions(of: arn) == ["v1*"])
        _ = try vault.describePolicy("arn:aws:iam::000000000000:policy/other")
    }

    @Test(arguments: Holder.allCases)
    func `A policy that is attached, or is a boundary, stays`(holder: Holder) throws {
        let inUse = Refusal("DeleteConflict", "Cannot delete a policy attached to entities.")
        try vault.create(holder, "ci")
        try vault.attach(arn, to: holder, "ci")
        try vault.expect(.deletePolicy, policy, isRefusedWith: inUse)
        try vault.bound(holder, "ci", by: arn)
        try vault.iam(
            holder.action(user: .detachUserPolicy, role: .detachRolePolicy),
            holder.named("ci", policy)
        )
        try vault.expect(.deletePolicy, policy, isRefusedWith: inUse)
        try vault.iam(
            holder.action(
                user: .deleteUserPermissionsBoundary,
                role: .deleteRolePermissionsBoundary
            ),
            holder.named("ci")
        )
        try vault.iam(.deletePolicy, policy)
    }

    @Test func `All versions but the default one must be gone first`() throws {
        try vault.addVersion(to: arn)
        try vault.expect(
            .deletePolicy,
            policy,
            isRefusedWith: Refusal(
                "DeleteConflict",
                "This policy has more than one version. Before you delete a policy, you must"
                    + " delete the policy's versions. The default version is deleted with the"
                    + " policy."
            )
        )
        try vault.iam(.deletePolicyVersion, ["PolicyArn": "\(arn)", "VersionId": "v2"])
        try vault.iam(.deletePolicy, policy)
    }

    @Test func `A policy of AWS stays`() throws {
        try vault.expect(
            .deletePolicy,
            ["PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"],
            isRefusedWith: .policyOfAWS
        )
    }
}

extension ScratchVault {
    /// Adds a version to a policy.
    func addVersion(
        to arn: String,
        _ document: String = IAMDocument.write,
        asDefault isDefault: Bool = false
    ) throws {
        try iam(
            .createPolicyVersion,
            [
                "PolicyArn": "\(arn)", "PolicyDocument": "\(document)",
                "SetAsDefault": "\(isDefault)",
            ]
        )
    }
}
