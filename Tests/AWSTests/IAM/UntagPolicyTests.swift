import AWS
import JSON
import TestSupport
import Testing

@Suite struct UntagPolicyTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy(
            "read",
            IAMDocument.read,
            ["Tags": [["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"]]]
        )
    }

    @Test func `Keys go by any spelling, and one that is not there is no error`() throws {
        let members: JSONValue = ["PolicyArn": "\(arn)", "TagKeys": ["A", "nobodys"]]
        #expect(try vault.iam(.untagPolicy, members).text == "{}")
        #expect(try vault.describePolicy(arn)["Tags"]?.tagTexts == ["b=2"])
    }

    @Test func `At most 50 keys can be named`() throws {
        let keys = (0..<51).map { "k\($0)" }
        let shown = "'[\(keys.joined(separator: ", "))]'"
        try vault.expect(
            .untagPolicy,
            ["PolicyArn": "\(arn)", "TagKeys": .array(keys.map(JSONValue.string))],
            isRefusedWith: Refusal.constraint(shown, "tagKeys", atMost(50)).inQuery
        )
    }

    @Test func `A policy of AWS has no tags to lose`() throws {
        try vault.expect(
            .untagPolicy,
            ["PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "TagKeys": ["a"]],
            isRefusedWith: .policyOfAWS
        )
    }
}
