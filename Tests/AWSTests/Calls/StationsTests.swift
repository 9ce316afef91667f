import AWS
import JSON
import Notation
import TestSupport
import Testing

/// A request with two faults at once, and the one that AWS tells.
struct TwoFaults: Sendable, CustomTestStringConvertible {
    let name: String
    let action: SecretsManagerAction
    let members: JSONValue
    let expected: Refusal

    init(_ name: String, _ action: SecretsManagerAction, _ members: JSONValue, _ expected: Refusal)
    {
        self.name = name
        self.action = action
        self.members = members
        self.expected = expected
    }

    var testDescription: String { name }
}

@Suite("Of two faults the earlier station's is told")
struct StationsTests {
    let vault: ScratchVault

    /// Secrets named after the states that they are in.
    init() throws {
        vault = try ScratchVault()
        try vault.create("active", token: version("1"))
        try vault.create("scheduled", token: version("1"))
        try vault.call(.deleteSecret, ["SecretId": "scheduled"])
        try vault.createOwnedByRDS("owned")
        try vault.createOwnedByRDS("both")
        let now = vault.clock.now
        try vault.write { vault throws(APIError) in
            let scope = Scope(account: "000000000000", region: "us-east-1")
            guard let secret = try vault.secret(at: .name("both", scope)) else { return }
            try vault.update(
                Secret(
                    id: secret.id,
                    arn: secret.arn,
                    owningService: "rds",
                    createdAt: secret.createdAt,
                    lastChangedAt: now,
                    deletedAt: now,
                    purgeAt: now.adding(days: 7)
                )
            )
        }
    }

    @Test("the order of stations", arguments: twoFaults)
    func order(row: TwoFaults) {
        #expect(vault.refusal(of: row.action, row.members) == row.expected)
    }

    @Test("a refused call changes nothing, at whatever station", arguments: twoFaults)
    func nothingChanged(row: TwoFaults) throws {
        let list: JSONValue = ["IncludePlannedDeletion": true]
        let before = try vault.call(.listSecrets, list)
        vault.clock.advance(hours: 1)
        _ = vault.refusal(of: row.action, row.members)
        #expect(try vault.call(.listSecrets, list) == before)
    }
}

private let token: JSONValue = "\(version("2"))"
private let noVersion: JSONValue = "\(version("x"))"
private let numberAsString = Refusal.wrongType("NUMBER_VALUE can not be converted to a String")

private let twoFaults = constraintFaults + lookupFaults + ruleFaults

/// Types before constraints, constraints together.
private let constraintFaults = [
    TwoFaults(
        "a wrong type before a missing member",
        .getSecretValue,
        ["VersionId": 1],
        numberAsString
    ),
    TwoFaults(
        "a wrong type before a value out of bounds",
        .createSecret,
        ["Name": "", "Description": 1],
        numberAsString
    ),
    TwoFaults(
        "a wrong type before a bad name",
        .describeSecret,
        ["SecretId": ["bad name"]],
        .wrongType("Start of list found where not expected")
    ),
    TwoFaults(
        "bad base64 before a value out of bounds",
        .putSecretValue,
        ["SecretId": "", "SecretBinary": "%"],
        .wrongType("The value can not be converted to a Blob: it is not valid base64")
    ),
    TwoFaults(
        "two missing members in one sentence",
        .tagResource,
        [:],
        .constraints(
            "Value null at 'secretId' failed to satisfy constraint: Member must not be null",
            "Value null at 'tags' failed to satisfy constraint: Member must not be null"
        )
    ),
    TwoFaults(
        "three values out of bounds in one sentence, the sensitive one not repeated",
        .putSecretValue,
        ["SecretId": "", "ClientRequestToken": "t", "SecretString": ""],
        .constraints(
            "Value '' at 'secretId' failed to satisfy constraint: Member must \(atLeast(1))",
            "Value 't' at 'clientRequestToken' failed to satisfy constraint: Member must"
                + " \(atLeast(32))",
            "Value at 'secretString' failed to satisfy constraint: Member must \(atLeast(1))"
        )
    ),
    TwoFaults(
        "a value out of bounds before a bad name",
        .putSecretValue,
        ["SecretId": "bad name", "ClientRequestToken": "t"],
        .constraint("'t'", "clientRequestToken", atLeast(32))
    ),
    TwoFaults(
        "a value out of bounds before a missing token",
        .createSecret,
        ["Name": "new", "SecretString": ""],
        .hidden("secretString", atLeast(1))
    ),
    TwoFaults(
        "a value out of bounds before an unknown secret",
        .getSecretValue,
        ["SecretId": "unknown", "VersionId": "v"],
        .constraint("'v'", "versionId", atLeast(32))
    ),
    TwoFaults(
        "a value out of bounds before a scheduled secret",
        .getSecretValue,
        ["SecretId": "scheduled", "VersionStage": ""],
        .constraint("''", "versionStage", atLeast(1))
    ),
]

/// Bad names, missing tokens, unknown secrets.
private let lookupFaults = [
    TwoFaults(
        "a bad name before a missing token",
        .putSecretValue,
        ["SecretId": "bad name", "SecretString": "s"],
        .badName
    ),
    TwoFaults(
        "a bad name before a missing token, of a new secret too",
        .createSecret,
        ["Name": "bad name"],
        .badName
    ),
    TwoFaults(
        "a bad name before two values",
        .createSecret,
        ["Name": "é", "SecretString": "s", "SecretBinary": "cw==", "ClientRequestToken": token],
        .badName
    ),
    TwoFaults(
        "a missing token before an unknown secret",
        .putSecretValue,
        ["SecretId": "unknown", "SecretString": "s"],
        .noToken
    ),
    TwoFaults(
        "a missing token before an unknown secret, of UpdateSecret too",
        .updateSecret,
        ["SecretId": "unknown"],
        .noToken
    ),
    TwoFaults(
        "a missing token before an unknown secret, of RotateSecret in an error of its own",
        .rotateSecret,
        ["SecretId": "unknown"],
        .invalid("You must provide a ClientRequestToken value. We recommend a UUID-type value.")
    ),
    TwoFaults(
        "an unknown secret before rules that make no schedule",
        .rotateSecret,
        [
            "SecretId": "unknown", "ClientRequestToken": token,
            "RotationRules": ["ScheduleExpression": "daily"],
        ],
        .unknownSecret
    ),
    TwoFaults(
        "a missing token before a name that is taken",
        .createSecret,
        ["Name": "active"],
        .noToken
    ),
    TwoFaults(
        "a missing token before a secret of another service",
        .putSecretValue,
        ["SecretId": "owned", "SecretString": "s"],
        .noToken
    ),
    TwoFaults(
        "a missing token before a scheduled secret",
        .updateSecret,
        ["SecretId": "scheduled", "SecretString": "s"],
        .noToken
    ),
    TwoFaults(
        "a missing token before a missing value",
        .putSecretValue,
        ["SecretId": "active"],
        .noToken
    ),
    TwoFaults(
        "an unknown secret before a missing value",
        .putSecretValue,
        ["SecretId": "unknown", "ClientRequestToken": token],
        .unknownSecret
    ),
    TwoFaults(
        "an unknown secret before a window out of range",
        .deleteSecret,
        ["SecretId": "unknown", "RecoveryWindowInDays": 1],
        .unknownSecret
    ),
    TwoFaults(
        "an unknown secret before an unknown version",
        .getSecretValue,
        ["SecretId": "unknown", "VersionId": noVersion],
        .unknownSecret
    ),
    TwoFaults(
        "an unknown secret before a reserved tag key",
        .tagResource,
        ["SecretId": "unknown", "Tags": [["Key": "aws:x"]]],
        .unknownSecret
    ),
    TwoFaults(
        "an unknown secret before a bad token for the next page",
        .listSecretVersionIDs,
        ["SecretId": "unknown", "NextToken": "x"],
        .unknownSecret
    ),
]

/// States of secrets, then the rules of the operations.
private let ruleFaults = [
    TwoFaults(
        "a secret of another service before its deletion",
        .tagResource,
        ["SecretId": "both", "Tags": []],
        .ownedByRDS
    ),
    TwoFaults(
        "a secret of another service before its deletion, for a put too",
        .putSecretValue,
        ["SecretId": "both", "SecretString": "s", "ClientRequestToken": token],
        .ownedByRDS
    ),
    TwoFaults(
        "a secret of another service before a missing value",
        .putSecretValue,
        ["SecretId": "owned", "ClientRequestToken": token],
        .ownedByRDS
    ),
    TwoFaults(
        "a secret of another service before a window out of range",
        .deleteSecret,
        ["SecretId": "owned", "RecoveryWindowInDays": 1],
        .ownedByRDS
    ),
    TwoFaults(
        "a scheduled secret before a missing value",
        .putSecretValue,
        ["SecretId": "scheduled", "ClientRequestToken": token],
        .scheduled
    ),
    TwoFaults(
        "a scheduled secret before two values",
        .updateSecret,
        [
            "SecretId": "scheduled", "SecretString": "s", "SecretBinary": "cw==",
            "ClientRequestToken": token,
        ],
        .scheduled
    ),
    TwoFaults(
        "a scheduled secret before an unknown version",
        .getSecretValue,
        ["SecretId": "scheduled", "VersionId": noVersion],
        .scheduled
    ),
    TwoFaults(
        "a scheduled secret before a reserved tag key",
        .untagResource,
        ["SecretId": "scheduled", "TagKeys": ["aws:x"]],
        .scheduled
    ),
    TwoFaults(
        "a scheduled secret before a label without versions",
        .updateSecretVersionStage,
        ["SecretId": "scheduled", "VersionStage": "x"],
        .scheduled
    ),
    TwoFaults(
        "a scheduled secret before a token that is in use",
        .putSecretValue,
        [
            "SecretId": "scheduled", "SecretString": "other",
            "ClientRequestToken": "\(version("1"))",
        ],
        .scheduled
    ),
    TwoFaults(
        "a scheduled secret before a missing function",
        .rotateSecret,
        ["SecretId": "scheduled", "ClientRequestToken": token],
        .scheduled
    ),
    TwoFaults(
        "a scheduled secret before a function that cannot be invoked",
        .rotateSecret,
        ["SecretId": "scheduled", "ClientRequestToken": token, "RotationLambdaARN": "f"],
        .scheduled
    ),
    TwoFaults(
        "rules that make no schedule before a missing function",
        .rotateSecret,
        [
            "SecretId": "active", "ClientRequestToken": token,
            "RotationRules": ["ScheduleExpression": "daily"],
        ],
        .invalid("Invalid schedule expression.")
    ),
    TwoFaults(
        "an unknown version before a label that disagrees",
        .getSecretValue,
        ["SecretId": "active", "VersionId": noVersion, "VersionStage": "NOSUCH"],
        .nothingUnder(versionID: version("x"))
    ),
]
