import JSON
import Notation
import TestSupport
import Testing

@testable import AWS

/// One breach of each kind in the vault of the demo, and no other finding.
@Suite struct PracticeCheckTests {
    let scratch: ScratchVault

    init() throws {
        scratch = try ScratchVault()
        for (part, environment) in Self.environments {
            for key in Self.keys { try create(part, environment, key) }
        }
    }

    private static let environments = [
        ("prod", "production"), ("stage", "staging"), ("dev", "development"),
    ]
    private static let keys = ["database-url", "redis-url", "jwt-secret", "api-keys"]

    private func create(_ part: String, _ environment: String, _ key: String) throws {
        try scratch.call(
            .createSecret,
            [
                "Name": "driftsentry/\(part)/\(key)", "SecretString": "\(value(part, key))",
                "Tags": [
                    ["Key": "Project", "Value": "DriftSentry"],
                    ["Key": "Environment", "Value": "\(environment)"],
                ],
            ]
        )
    }

    private func value(_ part: String, _ key: String) -> String {
        key == "api-keys"
            ? #"{"sentry":"https://invented-\#(part)@sentry.example/1","stripe":"invented-\#(part)"}"#
            : "postgresql://driftsentry:invented-\(part)@\(key).example:5432/driftsentry"
    }

    private func put(_ name: String, _ value: String) throws {
        try scratch.call(
            .putSecretValue,
            ["SecretId": "driftsentry/\(name)", "SecretString": "\(value)"]
        )
    }

    private func report(prefix: String = "", days: Int64 = 90) throws -> PracticeCheck.Report {
        let check = PracticeCheck(
            account: "000000000000",
            prefix: prefix,
            days: days,
            now: scratch.clock.now
        )
        return try scratch.vault.reading { vault throws(APIError) in try check.report(vault) }
    }

    /// The rule and the secret of each finding.
    private func found() throws -> [String] {
        try report().findings.map { "\($0.rule.rawValue) \($0.name)" }
    }

    @Test func `The vault of the demo keeps every practice`() throws {
        let report = try report()
        #expect(report.findings == [])
        #expect(report.secrets == 12)
    }

    @Test func `A value that is older than 90 days is found`() throws {
        for (part, _) in Self.environments {
            for key in Self.keys {
                try scratch.call(.getSecretValue, ["SecretId": "driftsentry/\(part)/\(key)"])
            }
        }
        scratch.clock.advance(days: 90)
        for (part, _) in Self.environments {
            for key in Self.keys where (part, key) != ("prod", "jwt-secret") {
                try put("\(part)/\(key)", value(part, key))
            }
        }
        #expect(try found() == ["not-rotated driftsentry/prod/jwt-secret"])
        #expect(try report(days: 91).findings == [])
    }

    @Test func `A secret that nobody has read in 90 days is found`() throws {
        for (part, _) in Self.environments {
            for key in Self.keys where (part, key) != ("dev", "redis-url") {
                try scratch.call(.getSecretValue, ["SecretId": "driftsentry/\(part)/\(key)"])
            }
        }
        scratch.clock.advance(days: 91)
        for (part, _) in Self.environments {
            for key in Self.keys { try put("\(part)/\(key)", value(part, key)) }
        }
        #expect(try found() == ["never-read driftsentry/dev/redis-url"])
    }

    @Test func `The same value in two environments is found once, with the other's name`() throws {
        try put("stage/redis-url", value("prod", "redis-url"))
        let findings = try report().findings
        #expect(findings.map(\.rule) == [.sameValue])
        #expect(findings[0].name == "driftsentry/prod/redis-url")
        #expect(findings[0].others == ["driftsentry/stage/redis-url"])
        // Asked for the one as for the other.
        #expect(try report(prefix: "driftsentry/stage/").findings.count == 1)
        #expect(try report(prefix: "driftsentry/dev/").findings == [])
    }

    @Test func `The same value twice in one environment is no breach`() throws {
        try put("prod/redis-url", value("prod", "database-url"))
        #expect(try found() == [])
    }

    @Test func `A password that two values share is found, what is not secret is not`() throws {
        let value = #"{"engine":"postgres","password":"one for both","host":"h"}"#
        let other = #"{"engine":"postgres","password":"one for both","host":"elsewhere"}"#
        try put("prod/database-url", value)
        try put("dev/database-url", other)
        let findings = try report().findings
        #expect(findings.map(\.rule) == [.sameValue])
        #expect(findings.first?.message.contains("one for both") == false)
        try put("dev/database-url", #"{"engine":"postgres","password":"its own one","host":"h"}"#)
        #expect(try found() == [])
    }

    @Test func `A secret without the tag of its environment is found`() throws {
        try scratch.call(
            .untagResource,
            ["SecretId": "driftsentry/stage/api-keys", "TagKeys": ["Environment"]]
        )
        #expect(try found() == ["environment-gone driftsentry/stage/api-keys"])
    }

    @Test(arguments: [
        "changeme", "CHANGE_ME", "<your-key>", "to-do", "xxxxxxxx", "${JWT_SECRET}", "password",
        "your-api-key-here", "replace me with the real one", "***", " ", "example",
        "postgresql://driftsentry:changeme@database.example:5432/driftsentry",
        #"{"username":"u","password":"secret"}"#,
        #"{"stripe":"<stripe key>","sentry":"https://a"}"#,
    ])
    func `A placeholder is found`(value: String) throws {
        try put("dev/jwt-secret", value)
        #expect(try found() == ["placeholder driftsentry/dev/jwt-secret"])
    }

    @Test(arguments: [
        "hunter-2-and-more", "a value with <brackets> inside", "password for production 7!",
        #"{"engine":"test","password":"kl3jh5l23k4h5"}"#, "xxx-y",
        "postgresql://driftsentry:test-of-time@database.example:5432/test",
    ])
    func `What only looks a little like a placeholder is none`(value: String) throws {
        try put("dev/jwt-secret", value)
        #expect(try found() == [])
    }

    @Test func `A policy that gives everybody access is found`() throws {
        let policy = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",\
            "Action":"secretsmanager:GetSecretValue","Resource":"*"}]}
            """
        try scratch.call(
            .putResourcePolicy,
            ["SecretId": "driftsentry/prod/api-keys", "ResourcePolicy": "\(policy)"]
        )
        #expect(try found() == ["public-policy driftsentry/prod/api-keys"])
    }

    @Test func `A secret that one environment lacks is found`() throws {
        try scratch.call(
            .deleteSecret,
            ["SecretId": "driftsentry/stage/redis-url", "ForceDeleteWithoutRecovery": true]
        )
        #expect(try found() == ["missing-key driftsentry/stage/redis-url"])
        // One that is on its way out is gone already.
        try scratch.call(.deleteSecret, ["SecretId": "driftsentry/prod/redis-url"])
        #expect(try found() == [])
    }

    @Test func `A key of JSON that one environment lacks is named, when two have it`() throws {
        try put("dev/api-keys", #"{"sentry":"https://invented-dev@sentry.example/1"}"#)
        let findings = try report().findings
        #expect(findings.map(\.rule) == [.missingKey])
        #expect(findings[0].name == "driftsentry/dev/api-keys")
        #expect(findings[0].message.contains("the key stripe"))
    }

    @Test func `A key that one value alone has is not named, for it may be secret`() throws {
        for part in ["prod", "stage"] {
            try scratch.call(
                .createSecret,
                [
                    "Name": "shop/\(part)/users",
                    "SecretString": "{\"name-\(part)\":\"v-\(part)-1\"}",
                ]
            )
        }
        let findings = try report(prefix: "shop/").findings
        #expect(findings.map(\.rule) == [.missingKey, .missingKey])
        #expect(findings.allSatisfy { !$0.message.contains("name-") })
    }

    /// When the current value of a secret was made, as the check tells it.
    private func madeAt(_ name: String) throws -> Timestamp? {
        let arn = try scratch.call(.describeSecret, ["SecretId": "\(name)"])["ARN"]?.string
        return try report().values.first { $0.secretARN == arn }?.madeAt
    }

    @Test func `A tag, a description or a deletion that came later makes no value younger`() throws
    {
        let name = "driftsentry/prod/redis-url"
        let made = scratch.clock.now
        scratch.clock.advance(days: 3)
        try scratch.call(
            .tagResource,
            ["SecretId": "\(name)", "Tags": [["Key": "Team", "Value": "core"]]]
        )
        try scratch.call(.updateSecret, ["SecretId": "\(name)", "Description": "cache"])
        #expect(try madeAt(name) == made)
        try scratch.call(.deleteSecret, ["SecretId": "\(name)"])
        #expect(try madeAt(name) == made)
        #expect(try report(prefix: "driftsentry/prod/").values.count == 4)
    }

    @Test func `A new value is as old as itself, and one that came back as old as it was`() throws {
        let name = "driftsentry/prod/redis-url"
        let made = scratch.clock.now
        let first = try scratch.call(.getSecretValue, ["SecretId": "\(name)"])["VersionId"]?.string
        scratch.clock.advance(days: 3)
        try put("prod/redis-url", "another one")
        #expect(try madeAt(name) == scratch.clock.now)
        let second = try scratch.call(.getSecretValue, ["SecretId": "\(name)"])["VersionId"]?.string
        try scratch.call(
            .updateSecretVersionStage,
            [
                "SecretId": "\(name)", "VersionStage": "AWSCURRENT",
                "MoveToVersionId": "\(first ?? "")", "RemoveFromVersionId": "\(second ?? "")",
            ]
        )
        #expect(try madeAt(name) == made)
    }

    @Test func `A replica's value is as old as its copy, and a secret without a value has no age`()
        throws
    {
        let name = "driftsentry/prod/redis-url"
        try scratch.call(
            .replicateSecretToRegions,
            ["SecretId": "\(name)", "AddReplicaRegions": [["Region": "eu-west-1"]]]
        )
        try scratch.call(.createSecret, ["Name": "driftsentry/prod/empty"])
        let arns = try report().values.map(\.secretARN)
        #expect(arns.count == 13)
        #expect(arns.contains { $0.contains(":eu-west-1:") })
        #expect(!arns.contains { $0.contains("/empty-") })
    }

    @Test func `It leaves no record and no LastAccessedDate`() throws {
        let before = try scratch.auditRecords().count
        _ = try report()
        #expect(try scratch.auditRecords().count == before)
        let secret = try scratch.call(
            .describeSecret,
            ["SecretId": "driftsentry/prod/api-keys"]
        )
        #expect(secret["LastAccessedDate"] == nil)
    }

    @Test func `Values of other accounts are not compared`() throws {
        try scratch.call(
            .createSecret,
            [
                "Name": "driftsentry/test/redis-url",
                "SecretString": "\(value("prod", "redis-url"))",
            ],
            by: .root(account: "111111111111")
        )
        #expect(try report().findings == [])
    }
}
