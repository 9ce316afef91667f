import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetParameterTests {
    let vault: ScratchVault
    /// Version ids that look like version ids.
    private static let first = "11111111-aaaa-4bbb-8ccc-000000000001"
    private static let second = "22222222-AAAA-4BBB-8CCC-000000000002"

    init() throws {
        vault = try ScratchVault()
    }

    /// A secret of two versions, the second of them with a label of its own too.
    @discardableResult
    private func createTwice(_ name: String) throws -> String {
        let arn = try vault.create(name, value: "one", token: Self.first)
        vault.clock.advance(milliseconds: 250)
        let stages = ["AWSCURRENT", "blue"]
        try vault.put("two", on: name, token: Self.second, stages: stages)
        return arn
    }

    @Test func `A secret is shown as a SecureString of version 0 without a DataType`() throws {
        let arn = try createTwice("prod/db")
        let parameter = try vault.parameter("prod/db")
        #expect(
            parameter.names == [
                "ARN", "LastModifiedDate", "Name", "SourceResult", "Type", "Value", "Version",
            ]
        )
        #expect(parameter["ARN"]?.string == arn)
        #expect(parameter["Name"] == "/aws/reference/secretsmanager/prod/db")
        #expect(parameter["Type"] == "SecureString")
        #expect(parameter["Value"] == "two")
        #expect(parameter["Version"] == 0)
        // Of the version, not of the secret.
        #expect(parameter["LastModifiedDate"]?.milliseconds == startOfTests + 250)
    }

    @Test func `A binary secret has no Value`() throws {
        try vault.call(.createSecret, ["Name": "b", "SecretBinary": "/w=="])
        #expect(
            try vault.parameter("b").names == [
                "ARN", "LastModifiedDate", "Name", "SourceResult", "Type", "Version",
            ]
        )
    }

    @Test func `C96: the name comes back as it was sent, without a leading slash too`() throws {
        try createTwice("a")
        for name in ["aws/reference/secretsmanager/a", "/aws/reference/secretsmanager/a"] {
            let answer = try vault.ssm(
                .getParameter,
                ["Name": "\(name):AWSPREVIOUS", "WithDecryption": true]
            )
            #expect(answer["Parameter"]["Name"]?.string == name)
            #expect(answer["Parameter"]["Selector"] == ":AWSPREVIOUS")
            #expect(answer["Parameter"]["Value"] == "one")
        }
    }

    @Test(
        arguments: [
            ("AWSCURRENT", "two"), ("AWSPREVIOUS", "one"), ("blue", "two"), (first, "one"),
            (second, "two"),
        ]
    )
    func `A selector is a label, or a version id when it looks like one`(
        selector: String,
        value: String
    ) throws {
        try createTwice("a")
        let parameter = try vault.parameter("a:\(selector)")
        #expect(parameter["Name"] == "/aws/reference/secretsmanager/a")
        #expect(parameter["Selector"]?.string == ":\(selector)")
        #expect(parameter["Value"]?.string == value)
    }

    @Test func `C97: a label that looks like a version id is not found as one`() throws {
        try vault.create("a", token: Self.first)
        try vault.put("two", on: "a", token: Self.second, stages: [Self.first])
        #expect(try vault.parameter("a:\(Self.first)")["Value"] == "first")
        let label = "33333333-aaaa-4bbb-8ccc-000000000003"
        try vault.put("three", on: "a", token: vault.nextToken(), stages: [label])
        #expect(
            vault.refusal(ofParameter: "\(secretPrefix)a:\(label)")
                == .noReferencedSecret("a:\(label)")
        )
    }

    @Test(arguments: ["with space", "with/slash", "01"])
    func `C97: a label may have a space or a slash, and 01 is not 1`(label: String) throws {
        try vault.create("a")
        try vault.put("labelled", on: "a", token: vault.nextToken(), stages: [label])
        #expect(try vault.parameter("a:\(label)")["Value"] == "labelled")
        #expect(
            vault.refusal(ofParameter: "\(secretPrefix)a:1") == .noReferencedSecret("a:1")
        )
    }

    @Test(
        arguments: [
            ("missing", "missingnull"), ("missing:blue", "missing:blue"), ("a:nosuch", "a:nosuch"),
            ("a:AWSPENDING", "a:AWSPENDING"), ("a:\(second)", "a:\(second)"), ("/a", "/anull"),
            ("empty", "emptynull"), ("a:no such", "a:no such"),
        ]
    )
    func `What is not there is told with null in place of a selector`(
        reference: String,
        told: String
    ) throws {
        try vault.create("a", token: Self.first)
        try vault.create("empty", value: nil)
        for slash in ["/", ""] {
            let name = "\(slash)aws/reference/secretsmanager/\(reference)"
            #expect(vault.refusal(ofParameter: name) == .noReferencedSecret(told))
        }
    }

    @Test func `C97: a second slash is part of the secret's name`() throws {
        try vault.create("/a", value: "slashed")
        #expect(try vault.parameter("/a")["Value"] == "slashed")
        #expect(vault.refusal(ofParameter: "\(secretPrefix)a") == .noReferencedSecret("anull"))
    }

    @Test(
        arguments: [
            "a:", "a::", "a:b:c", "a:AWSCURRENT:", ":a:b",
            "arn:aws:secretsmanager:us-east-1:000000000000:secret:a-AbCdEf",
        ]
    )
    func `Bad selectors are told before the lack of decryption, and before what is not there`(
        reference: String
    ) throws {
        try vault.create("a")
        let name = secretPrefix + reference
        #expect(vault.refusal(ofParameter: name) == .badSelector)
        let refused = vault.refusal(of: .ssm(.getParameter), ["Name": "\(name)"])
        #expect(refused == .badSelector)
    }

    @Test(arguments: ["a", "missing", "", "a:nosuch", "gone"])
    func `Without decryption nothing is looked up`(reference: String) throws {
        try vault.create("a")
        try vault.create("gone")
        try vault.call(.deleteSecret, ["SecretId": "gone"])
        let name = secretPrefix + reference
        for members: JSONValue in [
            ["Name": "\(name)"], ["Name": "\(name)", "WithDecryption": false],
            ["Name": "\(name)", "WithDecryption": nil],
        ] {
            #expect(vault.refusal(of: .ssm(.getParameter), members) == .decryptionNeeded)
        }
        let records = try vault.auditRecords()
        #expect(records.allSatisfy { $0.eventName != "GetSecretValue" })
    }

    @Test(arguments: ["", ":AWSCURRENT", "bad name", "é", "a:\(long(257))"])
    func `What Secrets Manager finds wrong with a request is not passed on`(
        reference: String
    ) throws {
        try vault.create("a")
        #expect(vault.refusal(ofParameter: secretPrefix + reference) == .dependencyFailed)
    }

    @Test func `C97: the ARN of a secret is no name`() throws {
        let arn = try vault.create("a")
        #expect(vault.refusal(ofParameter: arn) == .secretARNAsName)
        let refused = vault.refusal(of: .ssm(.getParameter), ["Name": "\(arn)"])
        #expect(refused == .secretARNAsName)
    }

    @Test func `A secret that is scheduled for deletion is an invalid request`() throws {
        try vault.create("a")
        try vault.call(.deleteSecret, ["SecretId": "a"])
        #expect(vault.refusal(ofParameter: secretPrefix + "a") == .secretNotReady)
        try vault.call(.restoreSecret, ["SecretId": "a"])
        #expect(try vault.parameter("a")["Value"] == "first")
    }

    @Test(
        arguments: [
            "colour", "/app/colour", "/aws/reference/secretsmanager", "aws/reference/other/a",
            "//aws/reference/secretsmanager/a", "/AWS/reference/secretsmanager/a", "colour:3", "é",
            "arn:aws:ssm:us-east-1:000000000000:parameter/aws/reference/secretsmanager/a",
        ]
    )
    func `C97: there is no other parameter, and no text about it`(name: String) throws {
        try vault.create("a")
        #expect(vault.refusal(ofParameter: name) == .noParameter)
        let refused = vault.refusal(of: .ssm(.getParameter), ["Name": "\(name)"])
        #expect(refused == .noParameter)
    }

    @Test func `Secrets of other accounts and regions are not there`() throws {
        try vault.create("a")
        let name = secretPrefix + "a"
        for other in [stranger, europe] {
            #expect(vault.refusal(ofParameter: name, by: other) == .noReferencedSecret("anull"))
        }
    }

    @Test func `A replica is read in its region, under its own ARN`() throws {
        let arn = try vault.create("a")
        try vault.replicate("a", to: "eu-west-1")
        let replica = try vault.parameter("a", by: europe)
        #expect(replica["Value"] == "first")
        #expect(
            replica["ARN"]?.string == arn.replacing("us-east-1", with: "eu-west-1")
        )
    }

    @Test func `A value under a disabled key is a failed dependency`() throws {
        let key = try vault.createKey()
        try vault.create("a", ["KmsKeyId": "\(key)"])
        try vault.bring(key, to: .disabled)
        #expect(vault.refusal(ofParameter: secretPrefix + "a") == .dependencyFailed)
    }

    @Test(
        arguments: [
            Refused(["Name": ""], .constraint("''", "name", atLeast(1))),
            Refused(
                ["Name": "\(long(2_049))"],
                .constraint("'\(long(2_049))'", "name", atMost(2_048))
            ),
            Refused(["Name": 5], .wrongType("NUMBER_VALUE can not be converted to a String")),
            Refused(
                ["Name": "a", "WithDecryption": "yes"],
                .wrongType("STRING_VALUE can not be converted to a Boolean")
            ),
        ]
    )
    func `Members that break the model are refused`(row: Refused) {
        #expect(vault.refusal(of: .ssm(.getParameter), row.members) == row.expected)
    }

    @Test(arguments: SSMAction.allCases)
    func `Reading a parameter is an access of the secret's version`(action: SSMAction) throws {
        try createTwice("a")
        try vault.create("b")
        let name = "\(secretPrefix)a:AWSPREVIOUS"
        try vault.ssm(
            action,
            ["Name": "\(name)", "Names": ["\(name)"], "WithDecryption": true]
        )
        let versions = try vault.allVersions(of: "a")
        #expect(versions[0]["LastAccessedDate"]?.integer == firstDay)
        #expect(versions[1]["LastAccessedDate"] == nil)
        #expect(try vault.describe("a")["LastAccessedDate"]?.integer == firstDay)
        #expect(try vault.describe("b")["LastAccessedDate"] == nil)
    }
}
