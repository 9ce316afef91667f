import AWS
import JSON
import TestSupport
import Testing

@Suite struct CreatePolicyVersionTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
    }

    private func members(_ others: JSONValue = [:]) -> JSONValue {
        Refused(others, .malformedInput)
            .members(and: ["PolicyArn": "\(arn)", "PolicyDocument": "\(IAMDocument.write)"])
    }

    @Test func `A version is added, and the default one stays unless told`() throws {
        vault.clock.advance(hours: 1)
        let answer = try vault.iam(.createPolicyVersion, members())
        #expect(
            answer.text
                == #"{"PolicyVersion":{"VersionId":"v2","IsDefaultVersion":false,"#
                + #""CreateDate":"2026-01-15T11:00:00Z"}}"#
        )
        #expect(try vault.versions(of: arn) == ["v2", "v1*"])
        let policy = try vault.describePolicy(arn)
        #expect(policy["DefaultVersionId"] == "v1")
        #expect(policy["CreateDate"] == "2026-01-15T10:00:00Z")
        #expect(policy["UpdateDate"] == "2026-01-15T11:00:00Z")
    }

    @Test func `A version can be the default one from the beginning`() throws {
        let answer = try vault.iam(.createPolicyVersion, members(["SetAsDefault": "true"]))
        #expect(answer["PolicyVersion"]?["IsDefaultVersion"] == true)
        #expect(try vault.versions(of: arn) == ["v2*", "v1"])
        try vault.iam(.createPolicyVersion, members(["SetAsDefault": "false"]))
        #expect(try vault.versions(of: arn) == ["v3", "v2*", "v1"])
    }

    @Test func `A policy has five versions at most, and no number comes twice`() throws {
        for _ in 2...5 { try vault.iam(.createPolicyVersion, members()) }
        try vault.expect(
            .createPolicyVersion,
            members(),
            isRefusedWith: Refusal(
                "LimitExceeded",
                "A managed policy can have up to 5 versions. Before you create a new version, you"
                    + " must delete an existing version."
            )
        )
        try vault.iam(.deletePolicyVersion, ["PolicyArn": "\(arn)", "VersionId": "v5"])
        try vault.iam(.createPolicyVersion, members())
        #expect(try vault.versions(of: arn) == ["v6", "v4", "v3", "v2", "v1*"])
    }

    @Test func `A version has at most 6,144 characters, white space apart`() throws {
        try vault.expect(
            .createPolicyVersion,
            members(["PolicyDocument": .string(IAMDocument.read(ofLength: 6_145))]),
            isRefusedWith: Refusal("LimitExceeded", "Cannot exceed quota for PolicySize: 6144")
        )
        let longest = JSONValue.string(IAMDocument.read(ofLength: 6_144))
        try vault.iam(.createPolicyVersion, members(["PolicyDocument": longest]))
    }

    @Test(arguments: IAMDocument.malformed)
    func `What is no policy makes no version`(row: Malformed) throws {
        try vault.expect(
            .createPolicyVersion,
            members(["PolicyDocument": "\(row.document)"]),
            isRefusedWith: row.expected
        )
    }

    @Test func `A policy of AWS gets no version`() throws {
        try vault.expect(
            .createPolicyVersion,
            members(["PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"]),
            isRefusedWith: .policyOfAWS
        )
    }

    @Test func `A truth value is true or false`() throws {
        try vault.expect(
            .createPolicyVersion,
            members(["SetAsDefault": "True"]),
            isRefusedWith: .malformedInput
        )
    }
}
