import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("DescribeSecret")
struct DescribeSecretTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test("a plain secret shows its ARN, name, dates and labels, and nothing else")
    func plain() throws {
        let arn = try vault.create("a", token: version("1"))
        let secret = try vault.describe("a")
        #expect(
            secret.text
                == #"{"ARN":"\#(arn)","CreatedDate":1768471200,"LastChangedDate":1768471200,"#
                + #""Name":"a","VersionIdsToStages":{"\#(version("1"))":["AWSCURRENT"]}}"#
        )
    }

    @Test("everything that a secret can have comes in alphabetical order")
    func full() throws {
        try vault.create(
            "a",
            [
                "Description": "d", "KmsKeyId": "alias/k", "Type": "SnowflakePat",
                "Tags": [["Key": "k", "Value": "v"]],
            ]
        )
        _ = try vault.value(of: "a")
        try vault.call(.deleteSecret, ["SecretId": "a"])
        #expect(
            try vault.describe("a").names == [
                "ARN", "CreatedDate", "DeletedDate", "Description", "KmsKeyId",
                "LastAccessedDate", "LastChangedDate", "Name", "Tags", "Type",
                "VersionIdsToStages",
            ]
        )
    }

    @Test("a secret of another service shows whose it is")
    func owned() throws {
        try vault.createOwnedByRDS("rds!db-1")
        let secret = try vault.describe("rds!db-1")
        #expect(secret["OwningService"] == "rds")
        #expect(
            secret.names == [
                "ARN", "CreatedDate", "LastChangedDate", "Name", "OwningService", "Tags",
                "VersionIdsToStages",
            ]
        )
    }

    @Test("only versions with labels are shown, their labels in AWS's order")
    func labels() throws {
        try vault.create("a", token: version("1"))
        try vault.put("two", on: "a", token: version("2"), stages: ["z", "A", "AWSCURRENT"])
        try vault.put("three", on: "a", token: version("3"), stages: ["AWSCURRENT"])
        #expect(
            try vault.labels(of: "a")
                == [version("2"): ["A", "AWSPREVIOUS", "z"], version("3"): ["AWSCURRENT"]]
        )
    }

    @Test("an empty description is left out")
    func emptyDescription() throws {
        try vault.create("a", ["Description": ""])
        #expect(try vault.describe("a")["Description"] == nil)
    }

    @Test("a secret is found by its name, its ARN and its ARN without the suffix")
    func identification() throws {
        let arn = try vault.create("prod/db")
        for secretID in ["prod/db", arn, String(arn.dropLast(7))] {
            #expect(try vault.describe(secretID)["ARN"]?.string == arn)
        }
    }

    @Test("a SecretId that cannot be one is refused", arguments: refusedIDs)
    func refusals(row: Refused) throws {
        try vault.create("a")
        #expect(vault.refusal(of: .describeSecret, row.members) == row.expected)
    }

    @Test("an ARN with the suffix of an older secret of the same name finds nothing")
    func olderSuffix() throws {
        let arn = try vault.create("a")
        let older = "\(arn.dropLast(6))000000"
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "\(older)"]) == .unknownSecret)
    }
}

private let notOfASecret = Refusal.invalid("The ARN isn't the ARN of a secret.")

private let refusedIDs = [
    Refused([:], .missing("secretId")),
    Refused(["SecretId": nil], .missing("secretId")),
    Refused(["secretId": "a"], .missing("secretId")),
    Refused(["SecretId": ""], .constraint("''", "secretId", atLeast(1))),
    Refused(
        ["SecretId": "\(long(2_049))"],
        .constraint("'\(long(2_049))'", "secretId", atMost(2_048))
    ),
    Refused(["SecretId": "\(long(2_048))"], .unknownSecret),
    Refused(["SecretId": "A"], .unknownSecret),
    Refused(["SecretId": "a "], .badName),
    Refused(["SecretId": "ä"], .badName),
    Refused(["SecretId": "Arn:aws"], .badName),
    Refused(["SecretId": "arn:aws:s3:::bucket"], notOfASecret),
    Refused(["SecretId": "arn:"], notOfASecret),
    Refused(
        ["SecretId": "arn:aws:secretsmanager:us-east-1:000000000000:secret:b-AbCdEf"],
        .unknownSecret
    ),
]
