import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetAccountSummaryTests {
    private func summary(of vault: ScratchVault) throws -> [String: Int64] {
        let entries = try vault.iam(.getAccountSummary)["SummaryMap"]?["entry"]?.elements ?? []
        return entries.reduce(into: [:]) { map, entry in
            if let key = entry["key"]?.string, let value = entry["value"]?.integer {
                map[key] = value
            }
        }
    }

    @Test func `What the account has is counted`() throws {
        let counts = try summary(of: try ScratchVault.furnished())
        #expect(counts["Users"] == 2)
        #expect(counts["Roles"] == 2)
        #expect(counts["Policies"] == 2)
        #expect(counts["PolicyVersionsInUse"] == 3)
        #expect(counts["Groups"] == 0)
        #expect(counts["AccountAccessKeysPresent"] == 0)
    }

    @Test func `What it could have is told`() throws {
        let vault = try ScratchVault()
        try vault.createAccessKey()
        let counts = try summary(of: vault)
        #expect(counts["AccessKeysPerUserQuota"] == 2)
        #expect(counts["UsersQuota"] == 5_000)
        #expect(counts["VersionsPerPolicyQuota"] == 5)
        #expect(counts["AccountAccessKeysPresent"] == 1)
    }
}
