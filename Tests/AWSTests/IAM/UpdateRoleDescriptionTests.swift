import AWS
import JSON
import TestSupport
import Testing

@Suite struct UpdateRoleDescriptionTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create(.role, "task", ["Description": "before", "MaxSessionDuration": "7200"])
    }

    @Test func `The description changes, and the role is answered`() throws {
        let answer = try vault.iam(
            .updateRoleDescription,
            ["RoleName": "Task", "Description": "after"]
        )
        #expect(answer["Role"]?["RoleName"] == "task")
        #expect(answer["Role"]?["Description"] == "after")
        let role = try vault.describe(.role, "task")
        #expect(role["Description"] == "after")
        #expect(role["MaxSessionDuration"] == 7_200)
    }

    @Test func `A description has at most 1,000 characters`() throws {
        let longest = JSONValue.string(long(1_000))
        try vault.iam(.updateRoleDescription, ["RoleName": "task", "Description": longest])
        let tooLong = long(1_001)
        try vault.expect(
            .updateRoleDescription,
            ["RoleName": "task", "Description": "\(tooLong)"],
            isRefusedWith: Refusal.constraint("'\(tooLong)'", "description", atMost(1_000)).inQuery
        )
    }
}
