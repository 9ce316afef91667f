import AWS
import JSON
import TestSupport
import Testing

@Suite struct TagPolicyTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
    }

    private func tag(_ tags: (String, String)...) throws -> JSONValue {
        let list = tags.map { tag -> JSONValue in ["Key": "\(tag.0)", "Value": "\(tag.1)"] }
        return try vault.iam(.tagPolicy, ["PolicyArn": "\(arn)", "Tags": .array(list)])
    }

    private func tags() throws -> [String]? { try vault.describePolicy(arn)["Tags"]?.tagTexts }

    @Test func `Keys are merged by any spelling, and new ones go to the end`() throws {
        #expect(try tag(("b", "1"), ("a", "2")).text == "{}")
        _ = try tag(("c", "3"), ("B", "4"))
        #expect(try tags() == ["B=4", "a=2", "c=3"])
    }

    @Test func `Fifty tags are the most, also over several calls`() throws {
        for number in 0..<50 { _ = try tag(("k\(number)", "v")) }
        try vault.expect(
            .tagPolicy,
            ["PolicyArn": "\(arn)", "Tags": [["Key": "x", "Value": ""]]],
            isRefusedWith: .tooManyIAMTags
        )
    }

    @Test(arguments: refusedIAMTags)
    func `Tags that IAM refuses change none`(row: Refused) throws {
        _ = try tag(("k", "before"))
        try vault.expect(
            .tagPolicy,
            row.members(and: ["PolicyArn": "\(arn)"]),
            isRefusedWith: row.expected
        )
    }

    @Test func `A policy of AWS gets no tags`() throws {
        try vault.expect(
            .tagPolicy,
            [
                "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "Tags": [["Key": "a", "Value": ""]],
            ],
            isRefusedWith: .policyOfAWS
        )
    }
}
