import AWS
import JSON
import TestSupport
import Testing

@Suite struct UpdateRoleTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create(.role, "task", ["Description": "before"])
    }

    @Test func `A description and a duration change`() throws {
        let answer = try vault.iam(
            .updateRole,
            ["RoleName": "Task", "Description": "after", "MaxSessionDuration": "7200"]
        )
        #expect(answer.text == "{}")
        let role = try vault.describe(.role, "task")
        #expect(role["Description"] == "after")
        #expect(role["MaxSessionDuration"] == 7_200)
    }

    @Test func `A description that is not sent stays, and an empty one is one`() throws {
        try vault.iam(.updateRole, ["RoleName": "task", "MaxSessionDuration": "7200"])
        #expect(try vault.describe(.role, "task")["Description"] == "before")
        try vault.iam(
            .updateRole,
            ["RoleName": "task", "Description": "", "MaxSessionDuration": "7200"]
        )
        #expect(try vault.describe(.role, "task")["Description"]?.string == "")
    }

    @Test(arguments: [
        Refused(
            ["Description": "\(long(1_001))"],
            .constraint("'\(long(1_001))'", "description", atMost(1_000))
        ),
        Refused(
            ["MaxSessionDuration": "3599"],
            .constraint("'3599'", "maxSessionDuration", "have value greater than or equal to 3600")
        ),
        Refused(
            ["MaxSessionDuration": "43201"],
            .constraint("'43201'", "maxSessionDuration", "have value less than or equal to 43200")
        ),
        Refused(["MaxSessionDuration": "an hour"], .malformedInput),
    ])
    func `A request that breaks the model changes nothing`(row: Refused) throws {
        let others: JSONValue = [
            "RoleName": "task", "Description": "x", "MaxSessionDuration": "4000",
        ]
        try vault.expect(
            .updateRole,
            row.members(and: others),
            isRefusedWith: row.expected.inQuery
        )
    }
}
