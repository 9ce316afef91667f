import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("CreateSecret")
struct CreateSecretTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test("with a value the answer has the ARN, the name and the token as the version")
    func withValue() throws {
        let token = version("a")
        let answer = try vault.callRaw(
            .createSecret,
            ["Name": "prod/db", "SecretString": "s", "ClientRequestToken": "\(token)"]
        )
        #expect(answer.names == ["ARN", "Name", "VersionId"])
        #expect(answer["Name"] == "prod/db")
        #expect(answer["VersionId"] == "\(token)")
        #expect(try vault.labels(of: "prod/db") == [token: ["AWSCURRENT"]])
        #expect(try vault.value(of: "prod/db") == "s")
    }

    @Test("without a value the secret has no version, and the answer says none")
    func withoutValue() throws {
        let answer = try vault.call(.createSecret, ["Name": "empty"])
        #expect(answer.names == ["ARN", "Name"])
        #expect(
            try vault.describe("empty").names == ["ARN", "CreatedDate", "LastChangedDate", "Name"]
        )
        #expect(try vault.allVersions(of: "empty").isEmpty)
    }

    @Test("the ARN is the name with a suffix of six letters or digits")
    func arn() throws {
        let arn = try vault.create("a/b_+=.@-!c")
        let start = "arn:aws:secretsmanager:us-east-1:000000000000:secret:a/b_+=.@-!c-"
        #expect(arn.hasPrefix(start))
        let suffix = arn.dropFirst(start.count)
        #expect(suffix.count == 6)
        #expect(suffix.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "z") ~= $0 })
        #expect(suffix.allSatisfy { $0.isLetter || $0.isNumber })
    }

    @Test("a name that is used again gets another ARN")
    func nameAgain() throws {
        let first = try vault.create("a")
        try vault.call(.deleteSecret, ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        #expect(try vault.create("a") != first)
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "\(first)"]) == .unknownSecret)
    }

    @Test("description, key, type and tags are kept as they were given")
    func metadata() throws {
        try vault.create(
            "a",
            [
                "Description": "the first", "KmsKeyId": "alias/mine", "Type": "SnowflakePat",
                "Tags": [["Key": "b", "Value": "2"], ["Key": "a", "Value": ""], ["Key": "B"]],
            ]
        )
        let secret = try vault.describe("a")
        #expect(secret["Description"] == "the first")
        #expect(secret["KmsKeyId"] == "alias/mine")
        #expect(secret["Type"] == "SnowflakePat")
        #expect(
            secret["Tags"]?.text
                == #"[{"Key":"b","Value":"2"},{"Key":"a","Value":""},{"Key":"B","Value":""}]"#
        )
    }

    @Test("CreatedDate and LastChangedDate are the time of the call")
    func dates() throws {
        vault.clock.advance(milliseconds: 123)
        try vault.create("a")
        let secret = try vault.describe("a")
        #expect(secret["CreatedDate"]?.milliseconds == startOfTests + 123)
        #expect(secret["LastChangedDate"]?.milliseconds == startOfTests + 123)
        #expect(secret["CreatedDate"]?.text == "1768471200.123")
    }

    @Test("a binary value comes back as the same base64, and not as a string")
    func binary() throws {
        try vault.call(.createSecret, ["Name": "a", "SecretBinary": "AAEC/w=="])
        let answer = try vault.call(.getSecretValue, ["SecretId": "a"])
        #expect(answer["SecretBinary"] == "AAEC/w==")
        #expect(answer["SecretString"] == nil)
    }

    @Test(
        "names that end like an ARN, or hold what a service's names hold, are fine",
        arguments: [
            "a", "Name-a1b2c3", "Valid/_+=.@-Name-a1b2c3-", "rds!db-1", "/", "0", "-",
            String(repeating: "n", count: 512),
        ]
    )
    func goodNames(name: String) throws {
        try vault.create(name)
        #expect(try vault.value(of: name) == "first")
    }

    @Test("names are case-sensitive")
    func letterCase() throws {
        try vault.create("name", value: "lower")
        try vault.create("Name", value: "upper")
        #expect(try vault.value(of: "name") == "lower")
    }

    @Test(
        "a name with any other character is refused",
        arguments: [
            "a b", "a:b", "a#b", "ä", "a\n", "a\\b", "a*", "a\u{0}", "é", "日本", "a,b",
        ]
    )
    func badNames(name: String) {
        #expect(vault.refusal(of: .createSecret, ["Name": "\(name)"]) == .badName)
    }

    @Test("a name that is taken is refused, with or without a value")
    func taken() throws {
        try vault.create("a", token: version("a"))
        for members: JSONValue in [["Name": "a"], ["Name": "a", "SecretString": "first"]] {
            var members = members
            members.set("ClientRequestToken", "\(version("b"))")
            #expect(vault.refusal(of: .createSecret, members) == .nameTaken("a"))
        }
    }

    @Test("the name of a secret that is scheduled for deletion is refused")
    func scheduled() throws {
        let retry: JSONValue = [
            "Name": "a", "SecretString": "first", "ClientRequestToken": "\(version("a"))",
        ]
        try vault.callRaw(.createSecret, retry)
        try vault.call(.deleteSecret, ["SecretId": "a"])
        #expect(vault.refusal(of: .createSecret, retry) == .scheduledName)
        #expect(
            vault.refusal(
                of: .createSecret,
                ["Name": "a", "ClientRequestToken": "\(version("b"))"]
            ) == .scheduledName
        )
    }
}

@Suite("CreateSecret, called again")
struct CreateSecretRetryTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }
    let members: JSONValue = [
        "Name": "a", "SecretString": "s", "ClientRequestToken": "\(version("a"))",
    ]

    @Test("the same name, token and value have the first answer again, and change nothing")
    func retry() throws {
        let first = try vault.callRaw(.createSecret, members)
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        #expect(try vault.callRaw(.createSecret, members) == first)
        #expect(try vault.describe("a") == before)
        #expect(try vault.allVersions(of: "a").count == 1)
    }

    @Test("a retry after later puts does not roll the secret back")
    func lateRetry() throws {
        try vault.callRaw(.createSecret, members)
        try vault.put("newer", on: "a", token: version("b"))
        #expect(try vault.callRaw(.createSecret, members)["VersionId"] == "\(version("a"))")
        #expect(try vault.value(of: "a") == "newer")
    }

    @Test("the same name and token with another value are refused")
    func otherValue() throws {
        let arn = try vault.callRaw(.createSecret, members)["ARN"]?.string ?? ""
        for value: (String, JSONValue) in [
            ("SecretString", "S"), ("SecretString", "s "), ("SecretBinary", "cw=="),
        ] {
            let other: JSONValue = [
                "Name": "a", value.0: value.1, "ClientRequestToken": "\(version("a"))",
            ]
            #expect(
                vault.refusal(of: .createSecret, other) == .tokenInUse(version("a"), by: arn)
            )
        }
        #expect(try vault.value(of: "a") == "s")
    }

    @Test("the same name with another token is refused, whatever the value")
    func otherToken() throws {
        try vault.callRaw(.createSecret, members)
        var other = members
        other.set("ClientRequestToken", "\(version("b"))")
        #expect(vault.refusal(of: .createSecret, other) == .nameTaken("a"))
    }

    @Test("the same token is free for another secret")
    func otherSecret() throws {
        try vault.callRaw(.createSecret, members)
        var other = members
        other.set("Name", "b")
        #expect(try vault.callRaw(.createSecret, other)["VersionId"] == "\(version("a"))")
    }

    @Test("without a token the call is refused, and nothing is made")
    func noToken() throws {
        #expect(
            vault.refusal(of: .createSecret, ["Name": "a", "SecretString": "s"]) == .noToken
        )
        #expect(vault.refusal(of: .createSecret, ["Name": "a"]) == .noToken)
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "a"]) == .unknownSecret)
    }
}
