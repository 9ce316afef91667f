import AWS
import JSON
import TestSupport
import Testing

@Suite struct UntagPrincipalTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        let tags: JSONValue = [
            ["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"], ["Key": "c", "Value": "3"],
        ]
        for holder in Holder.allCases { try vault.create(holder, "ci", ["Tags": tags]) }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .untagUser, role: .untagRole)
    }

    @Test(arguments: Holder.allCases)
    func `Keys go by any spelling, and one that is not there is no error`(
        holder: Holder
    ) throws {
        let members = holder.named("CI", ["TagKeys": ["A", "c", "nobodys"]])
        #expect(try vault.iam(action(holder), members).text == "{}")
        #expect(try vault.tags(of: holder, "ci") == ["b=2"])
        let other: Holder = holder == .user ? .role : .user
        #expect(try vault.tags(of: other, "ci").count == 3)
    }

    @Test(arguments: Holder.allCases)
    func `No key takes none away`(holder: Holder) throws {
        try vault.iam(action(holder), holder.named("ci", ["TagKeys": []]))
        #expect(try vault.tags(of: holder, "ci").count == 3)
    }

    @Test(arguments: Holder.allCases)
    func `At most 50 keys can be named`(holder: Holder) throws {
        let keys = (0..<51).map { "k\($0)" }
        let shown = "'[\(keys.joined(separator: ", "))]'"
        try vault.expect(
            action(holder),
            holder.named("ci", ["TagKeys": .array(keys.map(JSONValue.string))]),
            isRefusedWith: Refusal.constraint(shown, "tagKeys", atMost(50)).inQuery
        )
    }
}
