import AWS
import JSON
import TestSupport
import Testing

@Suite struct DeletePrincipalTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases { try vault.create(holder, "ci") }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .deleteUser, role: .deleteRole)
    }

    @Test(arguments: Holder.allCases)
    func `One goes, and the other of the same name stays`(holder: Holder) throws {
        #expect(try vault.iam(action(holder), holder.named("CI")).text == "{}")
        try vault.expect(action(holder), holder.named("ci"), isRefusedWith: holder.unknown("ci"))
        let other: Holder = holder == .user ? .role : .user
        _ = try vault.describe(other, "ci")
    }

    @Test(arguments: Holder.allCases)
    func `Who is made anew is somebody else, and has nothing of the former`(
        holder: Holder
    ) throws {
        let member = "\(holder.rawValue)Id"
        try vault.create(holder, "other", ["Tags": [["Key": "a", "Value": "1"]]])
        let former = try vault.describe(holder, "other")[member]
        try vault.bound(holder, "other", by: "arn:aws:iam::aws:policy/ReadOnlyAccess")
        // Tags and a boundary hold nobody back.
        try vault.iam(action(holder), holder.named("other"))
        let made = try vault.create(holder, "other")
        #expect(made[member] != former)
        #expect(try vault.describe(holder, "other")["Tags"] == nil)
        #expect(try vault.describe(holder, "other")["PermissionsBoundary"] == nil)
    }

    @Test(arguments: Holder.allCases)
    func `Attached policies must be gone first`(holder: Holder) throws {
        try vault.attach(try vault.createPolicy("read"), to: holder, "ci")
        try vault.putPolicy("inline", of: holder, "ci")
        try vault.expect(
            action(holder),
            holder.named("ci"),
            isRefusedWith: Refusal(
                "DeleteConflict",
                "Cannot delete entity, must detach all policies first."
            )
        )
    }

    @Test(arguments: Holder.allCases)
    func `Inline policies must be gone first`(holder: Holder) throws {
        try vault.putPolicy("inline", of: holder, "ci")
        try vault.expect(
            action(holder),
            holder.named("ci"),
            isRefusedWith: Refusal(
                "DeleteConflict",
                "Cannot delete entity, must delete policies first."
            )
        )
    }

    @Test func `Access keys must be gone first`() throws {
        let id = try vault.createAccessKey(of: "ci")
        try vault.expect(
            .deleteUser,
            ["UserName": "ci"],
            isRefusedWith: Refusal(
                "DeleteConflict",
                "Cannot delete entity, must delete access keys first."
            )
        )
        try vault.iam(.deleteAccessKey, ["UserName": "ci", "AccessKeyId": "\(id)"])
        try vault.iam(.deleteUser, ["UserName": "ci"])
    }
}
