import AWS
import JSON
import TestSupport
import Testing

@Suite struct DeletePolicyVersionTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
        for _ in 2...3 { try vault.addVersion(to: arn) }
    }

    private func members(_ id: String) -> JSONValue {
        ["PolicyArn": "\(arn)", "VersionId": "\(id)"]
    }

    @Test func `A version goes, and its number does not come back`() throws {
        #expect(try vault.iam(.deletePolicyVersion, members("v3")).text == "{}")
        #expect(try vault.versions(of: arn) == ["v2", "v1*"])
        try vault.expect(
            .deletePolicyVersion,
            members("v3"),
            isRefusedWith: .noVersion(arn, "v3")
        )
        try vault.addVersion(to: arn)
        #expect(try vault.versions(of: arn) == ["v4", "v2", "v1*"])
    }

    @Test func `The default version stays`() throws {
        try vault.expect(
            .deletePolicyVersion,
            members("v1"),
            isRefusedWith: Refusal(
                "DeleteConflict",
                "Cannot delete the default version of a policy."
            )
        )
        try vault.iam(.setDefaultPolicyVersion, members("v2"))
        try vault.iam(.deletePolicyVersion, members("v1"))
        #expect(try vault.versions(of: arn) == ["v3", "v2*"])
    }

    @Test func `A version of AWS stays`() throws {
        try vault.expect(
            .deletePolicyVersion,
            ["PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "VersionId": "v1"],
            isRefusedWith: .policyOfAWS
        )
    }

    @Test(arguments: refusedVersionIDs)
    func `An id that is none is refused`(row: Refused) throws {
        try vault.expect(
            .deletePolicyVersion,
            row.members(and: ["PolicyArn": "\(arn)"]),
            isRefusedWith: row.expected.inQuery
        )
    }
}

private let versionPattern =
    "satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"

/// Ids that no version of a policy can have.
let refusedVersionIDs = [
    Refused([:], .missing("versionId")),
    Refused(["VersionId": "1"], .constraint("'1'", "versionId", versionPattern)),
    Refused(["VersionId": "v0"], .constraint("'v0'", "versionId", versionPattern)),
    Refused(["VersionId": "v-1"], .constraint("'v-1'", "versionId", versionPattern)),
    Refused(["VersionId": "latest"], .constraint("'latest'", "versionId", versionPattern)),
]
