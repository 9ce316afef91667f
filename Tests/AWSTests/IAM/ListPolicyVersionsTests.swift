import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListPolicyVersionsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `Versions are listed from the newest on, without their documents`() throws {
        let arn = try vault.createPolicy("read")
        vault.clock.advance(hours: 1)
        try vault.addVersion(to: arn, asDefault: true)
        #expect(
            try vault.iam(.listPolicyVersions, ["PolicyArn": "\(arn)"]).text
                == #"{"IsTruncated":false,"Versions":[{"VersionId":"v2","#
                + #""IsDefaultVersion":true,"CreateDate":"2026-01-15T11:00:00Z"},"#
                + #"{"VersionId":"v1","IsDefaultVersion":false,"#
                + #""CreateDate":"2026-01-15T10:00:00Z"}]}"#
        )
    }

    @Test func `A policy of AWS has one version`() throws {
        #expect(try vault.versions(of: "arn:aws:iam::aws:policy/ReadOnlyAccess") == ["v1*"])
    }
}
