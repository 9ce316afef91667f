import AWS
import Notation
import Testing

@testable import Storage

@Suite struct VersionTests {
    let folder: ScratchFolder
    let vault: SQLiteVault
    let secret: Secret

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
        secret = try vault.change { vault throws(APIError) in
            let secret = try vault.insertSample()
            let binary = SecretValue(kind: .binary, bytes: [0, 255, 7])
            try vault.insertVersion("b-version", of: secret, value: binary, at: .noon)
            try vault.insertVersion("a-version", of: secret, value: nil, at: .noon)
            let labels: KeyValuePairs = [
                "AWSCURRENT": "b-version", "mine": "b-version", "AWSPREVIOUS": "a-version",
            ]
            try vault.setStagingLabels(StagingLabels(labels), of: secret)
            return secret
        }
    }

    private func open(_ selector: VersionSelector) throws -> OpenedVersion? {
        try vault.ask { vault throws(APIError) in try vault.open(selector, of: secret) }
    }

    @Test(arguments: [
        VersionSelector.id("b-version"), .stagingLabel("AWSCURRENT"), .stagingLabel("mine"),
    ])
    func `A version opens by its id and by each label, with all its labels`(
        selector: VersionSelector
    ) throws {
        let opened = try #require(try open(selector))
        #expect(opened.value?.kind == .binary)
        #expect(opened.value?.bytes == [0, 255, 7])
        #expect(
            opened.version
                == SecretVersion(
                    id: "b-version",
                    createdAt: .noon,
                    lastAccessedAt: nil,
                    keys: [VersionKey(kmsKeyID: "")],
                    stagingLabels: ["AWSCURRENT", "mine"]
                )
        )
    }

    @Test func `A placeholder opens without a value, a deprecated version without labels`() throws {
        let placeholder = try #require(try open(.stagingLabel("AWSPREVIOUS")))
        #expect(placeholder.value == nil)
        let deprecated = try #require(try open(.id("first-version")))
        #expect(deprecated.version.stagingLabels.isEmpty)
        #expect(deprecated.value?.bytes == Array("s3cr3t".utf8))
    }

    @Test func `What is not there does not open`() throws {
        #expect(try open(.id("none")) == nil)
        #expect(try open(.stagingLabel("AWSPENDING")) == nil)
    }

    @Test func `An empty value is a value`() throws {
        try vault.change { [secret] vault throws(APIError) in
            try vault.insertVersion("empty", of: secret, value: .text(""), at: .noon)
        }
        #expect(try open(.id("empty"))?.value?.bytes == [])
    }

    @Test func `Versions are listed as they were made, with their labels`() throws {
        let versions = try vault.ask { vault throws(APIError) in try vault.versions(of: secret) }
        #expect(versions.map(\.id) == ["first-version", "b-version", "a-version"])
        #expect(versions.map(\.stagingLabels) == [[], ["mine", "AWSCURRENT"], ["AWSPREVIOUS"]])
    }

    @Test func `A version that carries a label cannot be deleted, one without can`() throws {
        #expect(throws: APIError.self) {
            try vault.change { [secret] vault throws(APIError) in
                try vault.deleteVersion("b-version", of: secret)
            }
        }
        try vault.change { [secret] vault throws(APIError) in
            try vault.deleteVersion("first-version", of: secret)
        }
        let versions = try vault.ask { vault throws(APIError) in try vault.versions(of: secret) }
        #expect(versions.map(\.id) == ["b-version", "a-version"])
    }

    @Test func `A label cannot be on a version that the secret does not have`() throws {
        let other = try vault.change { vault throws(APIError) in
            try vault.insertSample(.sample("other"))
        }
        #expect(throws: APIError.self) {
            try vault.change { vault throws(APIError) in
                try vault.setStagingLabels(StagingLabels(["AWSCURRENT": "b-version"]), of: other)
            }
        }
        let labels = try vault.ask { vault throws(APIError) in try vault.stagingLabels(of: other) }
        #expect(labels == StagingLabels(["AWSCURRENT": "first-version"]))
    }

    @Test func `A token is used once for a secret`() throws {
        #expect(throws: APIError.self) {
            try vault.change { [secret] vault throws(APIError) in
                try vault.insertVersion("b-version", of: secret, value: .text("x"), at: .noon)
            }
        }
        #expect(try open(.id("b-version"))?.value?.kind == .binary)
    }

    @Test func `The day of a read is noted on the version and on the secret`() throws {
        let access = LastAccess(
            secretID: secret.id,
            versionID: "b-version",
            lastAccessedAt: nil
        )
        let today = Timestamp.noon.startOfDay
        try vault.change { vault throws(APIError) in try vault.recordAccess(access, on: today) }
        #expect(try open(.id("b-version"))?.version.lastAccessedAt == today)
        #expect(try open(.id("a-version"))?.version.lastAccessedAt == nil)
        let found = try vault.ask { vault throws(APIError) in
            try vault.secret(at: .named(secret.name))
        }
        #expect(found?.lastAccessedAt == today)
    }

    @Test func `Values of the greatest length come back whole`() throws {
        let bytes = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let value = SecretValue(kind: .binary, bytes: bytes)
        try vault.change { [secret] vault throws(APIError) in
            try vault.insertVersion("large", of: secret, value: value, at: .noon)
        }
        #expect(try open(.id("large"))?.value?.bytes == bytes)
    }
}
