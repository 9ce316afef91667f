import AWS
import JSON
import TestSupport
import Testing

@Suite struct DeleteLoginProfileTests {
    @Test func `Nobody has a login profile to delete`() throws {
        let vault = try ScratchVault()
        try vault.create(.user, "ci")
        try vault.expect(
            .deleteLoginProfile,
            ["UserName": "ci"],
            isRefusedWith: Refusal("NoSuchEntity", "Login Profile for User ci cannot be found.")
        )
    }
}
