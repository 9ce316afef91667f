import AWS
import JSON
import TestSupport
import Testing

@Suite struct CreateAccountAliasTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func create(_ alias: String, by caller: Caller = .root()) throws {
        try vault.iam(.createAccountAlias, ["AccountAlias": .string(alias)], by: caller)
    }

    private func aliases(by caller: Caller = .root()) throws -> [String] {
        try vault.iam(.listAccountAliases, by: caller)["AccountAliases"]?.strings ?? []
    }

    @Test func `An account has one name, the last that it was given`() throws {
        try create("first")
        try create("second-1")
        #expect(try aliases() == ["second-1"])
        try create("second-1")
        #expect(try aliases(by: stranger).isEmpty)
    }

    @Test func `A name that another account has is taken`() throws {
        try create("ours")
        let refused = vault.refusal(
            ofIAM: .createAccountAlias,
            ["AccountAlias": "ours"],
            by: stranger
        )
        #expect(
            refused == Refusal("EntityAlreadyExists", "The account alias ours already exists.")
        )
        try create("ours-too", by: stranger)
        #expect(try aliases() == ["ours"])
    }

    @Test(arguments: ["ab", "-ab", "ab-", "a--b", "Abc", "a_b", "\(long(64))", ""])
    func `A name is of small letters, digits and single hyphens`(alias: String) throws {
        try vault.expectCode(
            "ValidationError",
            of: .createAccountAlias,
            ["AccountAlias": .string(alias)]
        )
    }
}
