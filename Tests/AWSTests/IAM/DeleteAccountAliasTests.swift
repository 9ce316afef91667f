import AWS
import JSON
import TestSupport
import Testing

@Suite struct DeleteAccountAliasTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.iam(.createAccountAlias, ["AccountAlias": "ours"])
    }

    @Test func `The name is gone, and may be another account's`() throws {
        try vault.iam(.deleteAccountAlias, ["AccountAlias": "ours"])
        #expect(try vault.iam(.listAccountAliases)["AccountAliases"]?.text == "[]")
        try vault.iam(.createAccountAlias, ["AccountAlias": "ours"], by: stranger)
    }

    @Test(arguments: [("other", Caller.root()), ("ours", stranger)])
    func `A name that the account does not have is not found`(alias: String, caller: Caller) {
        let refused = vault.refusal(
            ofIAM: .deleteAccountAlias,
            ["AccountAlias": .string(alias)],
            by: caller
        )
        #expect(
            refused == Refusal("NoSuchEntity", "The account alias \(alias) cannot be found.")
        )
    }
}
