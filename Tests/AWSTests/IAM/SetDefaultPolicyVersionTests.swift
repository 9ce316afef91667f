import AWS
import JSON
import TestSupport
import Testing

@Suite struct SetDefaultPolicyVersionTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
        try vault.addVersion(to: arn)
    }

    private func members(_ id: String) -> JSONValue {
        ["PolicyArn": "\(arn)", "VersionId": "\(id)"]
    }

    @Test func `Another version counts from now on`() throws {
        vault.clock.advance(hours: 1)
        #expect(try vault.iam(.setDefaultPolicyVersion, members("v2")).text == "{}")
        #expect(try vault.versions(of: arn) == ["v2*", "v1"])
        let policy = try vault.describePolicy(arn)
        #expect(policy["DefaultVersionId"] == "v2")
        #expect(policy["UpdateDate"] == "2026-01-15T11:00:00Z")
        try vault.iam(.setDefaultPolicyVersion, members("v1"))
        #expect(try vault.versions(of: arn) == ["v2", "v1*"])
    }

    @Test func `A version that is the default one stays it`() throws {
        try vault.iam(.setDefaultPolicyVersion, members("v1"))
        #expect(try vault.versions(of: arn) == ["v2", "v1*"])
    }

    @Test func `A version that is not there cannot count`() throws {
        try vault.expect(
            .setDefaultPolicyVersion,
            members("v3"),
            isRefusedWith: .noVersion(arn, "v3")
        )
    }

    @Test func `What counts of a policy decides what its holder may do`() throws {
        let vault = try ScratchVault(authorization: .enforce)
        let user = try vault.user("ci")
        let arn = try vault.createPolicy("own", PolicyDraft.statement("Allow", "iam:ListUsers"))
        try vault.addVersion(to: arn)
        try vault.attach(arn, to: .user, "ci")
        #expect(vault.refusal(ofIAM: .listUsers, by: user) == nil)
        try vault.iam(.setDefaultPolicyVersion, ["PolicyArn": "\(arn)", "VersionId": "v2"])
        #expect(vault.refusal(ofIAM: .listUsers, by: user)?.code == "AccessDenied")
    }

    @Test func `A policy of AWS stays as it is`() throws {
        try vault.expect(
            .setDefaultPolicyVersion,
            ["PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "VersionId": "v1"],
            isRefusedWith: .policyOfAWS
        )
    }

    @Test(arguments: refusedVersionIDs)
    func `An id that is none is refused`(row: Refused) throws {
        try vault.expect(
            .setDefaultPolicyVersion,
            row.members(and: ["PolicyArn": "\(arn)"]),
            isRefusedWith: row.expected.inQuery
        )
    }
}
