import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetLoginProfileTests {
    @Test func `Nobody has a login profile`() throws {
        let vault = try ScratchVault()
        try vault.create(.user, "ci")
        try vault.expect(
            .getLoginProfile,
            ["UserName": "ci"],
            isRefusedWith: Refusal("NoSuchEntity", "Login Profile for User ci cannot be found.")
        )
    }
}
