import AWS
import JSON
import TestSupport
import Testing

@Suite struct DeletePermissionsBoundaryTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        let arn = try vault.createPolicy("boundary")
        for holder in Holder.allCases {
            try vault.create(holder, "ci")
            try vault.bound(holder, "ci", by: arn)
        }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .deleteUserPermissionsBoundary, role: .deleteRolePermissionsBoundary)
    }

    @Test(arguments: Holder.allCases)
    func `The boundary of one goes, and of one alone`(holder: Holder) throws {
        #expect(try vault.iam(action(holder), holder.named("CI")).text == "{}")
        #expect(try vault.describe(holder, "ci")["PermissionsBoundary"] == nil)
        let other: Holder = holder == .user ? .role : .user
        #expect(try vault.describe(other, "ci")["PermissionsBoundary"] != nil)
        let policy = try vault.describePolicy("arn:aws:iam::000000000000:policy/boundary")
        #expect(policy["PermissionsBoundaryUsageCount"] == 1)
    }

    @Test(arguments: Holder.allCases)
    func `Where there is none, none can be deleted`(holder: Holder) throws {
        try vault.iam(action(holder), holder.named("ci"))
        try vault.expect(
            action(holder),
            holder.named("ci"),
            isRefusedWith: Refusal(
                "NoSuchEntity",
                "The \(holder.word) with name ci does not have a permissions boundary."
            )
        )
    }
}
