import AWS
import JSON
import TestSupport
import Testing

@Suite struct DeleteInlinePolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases {
            try vault.create(holder, "ci")
            for name in ["p", "q"] { try vault.putPolicy(name, of: holder, "ci") }
        }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .deleteUserPolicy, role: .deleteRolePolicy)
    }

    @Test(arguments: Holder.allCases)
    func `A policy goes, and the others stay`(holder: Holder) throws {
        let answer = try vault.iam(action(holder), holder.named("CI", ["PolicyName": "p"]))
        #expect(answer.text == "{}")
        #expect(try vault.inlinePolicies(of: holder, "ci") == ["q"])
        let other: Holder = holder == .user ? .role : .user
        #expect(try vault.inlinePolicies(of: other, "ci") == ["p", "q"])
    }

    @Test(arguments: Holder.allCases)
    func `A policy that is not there cannot be deleted`(holder: Holder) throws {
        try vault.iam(action(holder), holder.named("ci", ["PolicyName": "p"]))
        try vault.expect(
            action(holder),
            holder.named("ci", ["PolicyName": "p"]),
            isRefusedWith: Refusal(
                "NoSuchEntity",
                "The \(holder.word) policy with name p cannot be found."
            )
        )
    }
}
