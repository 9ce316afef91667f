import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListAccountAliasesTests {
    @Test func `The list has the account's name, or nothing`() throws {
        let vault = try ScratchVault()
        let empty = #"{"IsTruncated":false,"AccountAliases":[]}"#
        #expect(try vault.iam(.listAccountAliases).text == empty)
        try vault.iam(.createAccountAlias, ["AccountAlias": "ours"])
        let named = #"{"IsTruncated":false,"AccountAliases":["ours"]}"#
        #expect(try vault.iam(.listAccountAliases).text == named)
        #expect(
            vault.refusal(ofIAM: .listAccountAliases, ["Marker": "invented"]) == .invalidMarker
        )
    }
}
