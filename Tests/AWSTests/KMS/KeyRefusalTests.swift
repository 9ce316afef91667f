import AWS
import JSON
import TestSupport
import Testing

/// Requests that KMS refuses, and its words.
@Suite struct KeyRefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let action: KMSAction
        let members: JSONValue
        let expected: Refusal

        init(_ action: KMSAction, _ members: JSONValue, _ expected: Refusal) {
            self.action = action
            self.members = members
            self.expected = expected
        }

        var testDescription: String { "\(action.rawValue) \(members.jsonText().prefix(80))" }
    }

    static let nowhere = "0f0f0f0f-0000-4000-8000-000000000000"

    static let names: [Row] = [
        Row(.describeKey, ["KeyId": "x"], .badKeyID("x")),
        Row(.describeKey, ["KeyId": .string(nowhere)], .noKey(keyARN(nowhere))),
        Row(.describeKey, ["KeyId": .string(keyARN(nowhere))], .noKey(keyARN(nowhere))),
        Row(.describeKey, ["KeyId": "alias/x"], .noAlias("alias/x")),
        Row(
            .describeKey,
            ["KeyId": .string(keyARN(nowhere, region: "eu-west-1"))],
            Refusal("NotFoundException", "Invalid arn eu-west-1")
        ),
        Row(
            .describeKey,
            ["KeyId": "arn:aws:s3:::x"],
            Refusal("InvalidArnException", "Invalid arn arn:aws:s3:::x")
        ),
        Row(.disableKey, ["KeyId": "alias/x"], .aliasesNotSupported),
        Row(.deleteAlias, ["AliasName": "alias/x"], .noAlias("alias/x")),
        Row(
            .updateAlias,
            ["AliasName": "alias/x", "TargetKeyId": .string(nowhere)],
            .noAlias("alias/x")
        ),
        Row(
            .createAlias,
            ["AliasName": "x", "TargetKeyId": .string(nowhere)],
            Refusal(
                "ValidationException",
                "Alias must start with the prefix \"alias/\". Please see"
                    + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
            )
        ),
        Row(
            .createAlias,
            ["AliasName": "alias/x:y", "TargetKeyId": .string(nowhere)],
            Refusal("ValidationException", "alias/x:y contains invalid characters for an alias")
        ),
        Row(
            .createAlias,
            ["AliasName": "alias/aws/x", "TargetKeyId": .string(nowhere)],
            Refusal("NotAuthorizedException", "")
        ),
        Row(
            .createAlias,
            ["AliasName": "alias/", "TargetKeyId": .string(nowhere)],
            Refusal("InvalidAliasNameException", "The alias name is not valid.")
        ),
        Row(
            .createAlias,
            ["AliasName": "alias/x", "TargetKeyId": "alias/y"],
            Refusal("ValidationException", "Aliases must refer to keys. Not aliases")
        ),
    ]

    static let constraints: [Row] = [
        Row(.describeKey, [:], .missing("keyId")),
        Row(.createAlias, [:], .missing("aliasName", "targetKeyId")),
        Row(.putKeyPolicy, [:], .missing("keyId", "policy")),
        Row(.tagResource, [:], .missing("keyId", "tags")),
        Row(.untagResource, [:], .missing("keyId", "tagKeys")),
        Row(.updateKeyDescription, [:], .missing("keyId", "description")),
        Row(
            .describeKey,
            ["KeyId": ""],
            .constraint("''", "keyId", atLeast(1))
        ),
        Row(
            .createKey,
            ["Description": .string(long(8_193))],
            .constraint("'\(long(8_193))'", "description", atMost(8_192))
        ),
        Row(
            .listKeys,
            ["Limit": 0],
            .constraint("'0'", "limit", "have value greater than or equal to 1")
        ),
        Row(
            .scheduleKeyDeletion,
            ["KeyId": "x", "PendingWindowInDays": 366],
            .constraint("'366'", "pendingWindowInDays", "have value less than or equal to 365")
        ),
        Row(
            .enableKeyRotation,
            ["KeyId": "x", "RotationPeriodInDays": 89],
            .constraint("'89'", "rotationPeriodInDays", "have value greater than or equal to 90")
        ),
        Row(
            .createAlias,
            ["AliasName": "alias/a b", "TargetKeyId": "x"],
            .constraint(
                "'alias/a b'",
                "aliasName",
                "satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$"
            )
        ),
        Row(
            .createKey,
            ["Origin": "HOME"],
            .constraint(
                "'HOME'",
                "origin",
                "satisfy enum value set: [AWS_KMS, EXTERNAL, AWS_CLOUDHSM, EXTERNAL_KEY_STORE]"
            )
        ),
        Row(.createKey, ["Policy": 1], .wrongType("NUMBER_VALUE can not be converted to a String")),
    ]

    static let rules: [Row] = [
        Row(
            .scheduleKeyDeletion,
            ["KeyId": "x", "PendingWindowInDays": 6],
            Refusal(
                "ValidationException",
                "PendingWindowInDays should be between 7 and 30, but it is 6"
            )
        ),
        Row(
            .scheduleKeyDeletion,
            ["KeyId": "x", "PendingWindowInDays": 31],
            Refusal(
                "ValidationException",
                "PendingWindowInDays should be between 7 and 30, but it is 31"
            )
        ),
        Row(
            .createKey,
            ["Tags": [["TagKey": "AWS:x", "TagValue": ""]]],
            Refusal("TagException", "Tags beginning with aws: are reserved")
        ),
        Row(
            .createKey,
            ["Tags": [["TagKey": "x", "TagValue": "1"], ["TagKey": "x", "TagValue": "2"]]],
            Refusal("TagException", "Duplicate tag keys")
        ),
        Row(
            .createKey,
            ["Policy": "{}"],
            Refusal("MalformedPolicyDocumentException", "Policy contains a syntax error.")
        ),
        Row(
            .createKey,
            ["KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"],
            Refusal(
                "UnsupportedOperationException",
                "KeySpec RSA_2048 is not supported: keys here are SYMMETRIC_DEFAULT, for"
                    + " ENCRYPT_DECRYPT, with material from AWS_KMS."
            )
        ),
        unsupported("Origin", "EXTERNAL"),
        unsupported("CustomKeyStoreId", "cks-1"),
    ]

    private static func unsupported(_ member: String, _ value: String) -> Row {
        Row(
            .createKey,
            .object(JSONObject([(member, .string(value))])),
            Refusal(
                "UnsupportedOperationException",
                "\(member) \(value) is not supported: keys here are SYMMETRIC_DEFAULT, for"
                    + " ENCRYPT_DECRYPT, with material from AWS_KMS."
            )
        )
    }

    @Test(arguments: names + constraints + rules)
    func `A request that KMS refuses changes nothing`(_ row: Row) throws {
        let vault = try ScratchVault()
        #expect(vault.refusal(ofKMS: row.action, row.members) == row.expected)
        #expect(try vault.kms(.listKeys)["Keys"]?.elements?.isEmpty == true)
    }
}
