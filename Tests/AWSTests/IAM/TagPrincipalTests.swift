import AWS
import JSON
import TestSupport
import Testing

@Suite struct TagPrincipalTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases { try vault.create(holder, "ci") }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .tagUser, role: .tagRole)
    }

    private func tag(_ holder: Holder, _ tags: (String, String)...) throws -> JSONValue {
        let list = tags.map { tag -> JSONValue in ["Key": "\(tag.0)", "Value": "\(tag.1)"] }
        return try vault.iam(action(holder), holder.named("CI", ["Tags": .array(list)]))
    }

    @Test(arguments: Holder.allCases)
    func `New keys go to the end, a known key gets its new value where it stands`(
        holder: Holder
    ) throws {
        #expect(try tag(holder, ("b", "1"), ("a", "2")).text == "{}")
        _ = try tag(holder, ("c", "3"), ("b", "4"))
        #expect(try vault.tags(of: holder, "ci") == ["b=4", "a=2", "c=3"])
        let other: Holder = holder == .user ? .role : .user
        #expect(try vault.tags(of: other, "ci") == [])
    }

    @Test(arguments: Holder.allCases)
    func `A key is the same in capital letters, and takes the last spelling`(
        holder: Holder
    ) throws {
        _ = try tag(holder, ("team", "1"), ("x", ""))
        _ = try tag(holder, ("TEAM", "2"))
        #expect(try vault.tags(of: holder, "ci") == ["TEAM=2", "x="])
    }

    @Test(arguments: Holder.allCases)
    func `Fifty tags are the most, also over several calls`(holder: Holder) throws {
        for number in 0..<49 { _ = try tag(holder, ("k\(number)", "v")) }
        let two: JSONValue = [["Key": "x", "Value": ""], ["Key": "y", "Value": ""]]
        try vault.expect(
            action(holder),
            holder.named("ci", ["Tags": two]),
            isRefusedWith: .tooManyIAMTags
        )
        _ = try tag(holder, ("x", ""), ("K0", "new"))
        #expect(try vault.tags(of: holder, "ci").count == 50)
    }

    @Test(arguments: Holder.allCases, refusedIAMTags)
    func `Tags that IAM refuses change none`(holder: Holder, row: Refused) throws {
        _ = try tag(holder, ("k", "before"))
        try vault.expect(
            action(holder),
            row.members(and: holder.named("ci")),
            isRefusedWith: row.expected
        )
    }
}
