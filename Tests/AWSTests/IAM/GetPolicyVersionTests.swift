import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetPolicyVersionTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
    }

    private func version(_ id: String, of arn: String) throws -> JSONValue? {
        let members: JSONValue = ["PolicyArn": "\(arn)", "VersionId": "\(id)"]
        return try vault.iam(.getPolicyVersion, members)["PolicyVersion"]
    }

    @Test func `A version is shown with its document, escaped as in a URL`() throws {
        vault.clock.advance(hours: 1)
        try vault.addVersion(to: arn, " \(IAMDocument.write)\n")
        let document = IAMDocument.escaped(" \(IAMDocument.write)\n")
        #expect(
            try version("v2", of: arn)?.text
                == #"{"Document":"\#(document)","VersionId":"v2","IsDefaultVersion":false,"#
                + #""CreateDate":"2026-01-15T11:00:00Z"}"#
        )
        let first = try version("v1", of: arn)
        #expect(first?["Document"]?.string == IAMDocument.escaped(IAMDocument.read))
        #expect(first?["IsDefaultVersion"] == true)
    }

    @Test func `A policy of AWS has one version`() throws {
        let arn = "arn:aws:iam::aws:policy/AdministratorAccess"
        let version = try version("v1", of: arn)
        #expect(version?["IsDefaultVersion"] == true)
        #expect(version?["Document"]?.string?.contains("Allow") == true)
        try vault.expect(
            .getPolicyVersion,
            ["PolicyArn": "\(arn)", "VersionId": "v2"],
            isRefusedWith: .noVersion(arn, "v2")
        )
    }

    @Test func `A version that is not there is not found`() throws {
        try vault.expect(
            .getPolicyVersion,
            ["PolicyArn": "\(arn)", "VersionId": "v2"],
            isRefusedWith: .noVersion(arn, "v2")
        )
    }

    @Test(arguments: refusedVersionIDs)
    func `An id that is none is refused`(row: Refused) throws {
        try vault.expect(
            .getPolicyVersion,
            row.members(and: ["PolicyArn": "\(arn)"]),
            isRefusedWith: row.expected.inQuery
        )
    }
}
