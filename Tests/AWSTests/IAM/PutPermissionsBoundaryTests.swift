import AWS
import JSON
import TestSupport
import Testing

@Suite struct PutPermissionsBoundaryTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("boundary")
        for holder in Holder.allCases { try vault.create(holder, "ci") }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .putUserPermissionsBoundary, role: .putRolePermissionsBoundary)
    }

    private func boundary(of holder: Holder) throws -> String? {
        try vault.describe(holder, "ci")["PermissionsBoundary"]?["PermissionsBoundaryArn"]?.string
    }

    @Test(arguments: Holder.allCases)
    func `A boundary is put and counted, and is no attached policy`(holder: Holder) throws {
        let members = holder.named("CI", ["PermissionsBoundary": "\(arn)"])
        #expect(try vault.iam(action(holder), members).text == "{}")
        #expect(try boundary(of: holder) == arn)
        let policy = try vault.describePolicy(arn)
        #expect(policy["PermissionsBoundaryUsageCount"] == 1)
        #expect(policy["AttachmentCount"] == 0)
        #expect(try vault.attachedPolicies(of: holder, "ci") == [])
    }

    @Test(arguments: Holder.allCases)
    func `Another boundary takes the place of the former`(holder: Holder) throws {
        let ofAWS = "arn:aws:iam::aws:policy/PowerUserAccess"
        for arn in [arn, ofAWS] { try vault.bound(holder, "ci", by: arn) }
        #expect(try boundary(of: holder) == ofAWS)
        #expect(try vault.describePolicy(arn)["PermissionsBoundaryUsageCount"] == 0)
    }

    @Test(arguments: Holder.allCases)
    func `A policy that is not there, or another account's, is no boundary`(
        holder: Holder
    ) throws {
        try vault.bound(holder, "ci", by: arn)
        let foreign = try vault.createPolicy("theirs", by: stranger)
        for arn in [foreign, "arn:aws:iam::000000000000:policy/nobodys"] {
            try vault.expect(
                action(holder),
                holder.named("ci", ["PermissionsBoundary": "\(arn)"]),
                isRefusedWith: .notAttachable(arn)
            )
        }
    }

    @Test(arguments: Holder.allCases)
    func `The ARN has from 20 to 2,048 characters`(holder: Holder) throws {
        for (arn, rule) in [(long(19), atLeast(20)), (long(2_049), atMost(2_048))] {
            try vault.expect(
                action(holder),
                holder.named("ci", ["PermissionsBoundary": "\(arn)"]),
                isRefusedWith: Refusal.constraint("'\(arn)'", "permissionsBoundary", rule).inQuery
            )
        }
    }
}
