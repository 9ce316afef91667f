import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("RotateSecret refuses")
struct RotateSecretRefusalTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a", token: version("1"))
    }

    @Test("bad requests in AWS's words, and stores nothing", arguments: refusedRequests)
    func refusals(row: Refused) throws {
        let before = try vault.describe("a")
        let members = row.members(
            and: [
                "SecretId": "a", "ClientRequestToken": "\(version("2"))",
                "RotationLambdaARN": "\(ScratchVault.function)",
            ]
        )
        #expect(vault.refusal(of: .rotateSecret, members) == row.expected)
        #expect(try vault.describe("a") == before)
        #expect(try vault.allVersions(of: "a").count == 1)
    }

    @Test("a call without a token, before it looks whether the secret exists")
    func noToken() {
        let refusal = Refusal.invalid(
            "You must provide a ClientRequestToken value. We recommend a UUID-type value."
        )
        #expect(vault.refusal(of: .rotateSecret, ["SecretId": "unknown"]) == refusal)
        #expect(vault.refusal(of: .rotateSecret, ["SecretId": "a"]) == refusal)
        #expect(vault.refusal(of: .rotateSecret, ["SecretId": "bad name"]) == .badName)
    }

    @Test("a call without a function, when none is stored")
    func noFunction() throws {
        let refusal = Refusal(
            "InvalidRequestException",
            "No Lambda rotation function ARN is associated with this secret."
        )
        let members: JSONValue = [
            "SecretId": "a", "ClientRequestToken": "\(version("2"))",
            "RotationRules": ["AutomaticallyAfterDays": 1],
        ]
        #expect(vault.refusal(of: .rotateSecret, members) == refusal)
        #expect(
            vault.refusal(of: .rotateSecret, members.with("RotationLambdaARN", "")) == refusal
        )
        #expect(try vault.describe("a")["RotationEnabled"] == nil)
    }

    @Test("a function that cannot be invoked, and keeps the one that is stored")
    func unknownFunction() throws {
        try vault.rotate("a", token: version("2"))
        try vault.finishRotation(of: "a")
        let before = try vault.describe("a")
        let members: JSONValue = [
            "SecretId": "a", "ClientRequestToken": "\(version("3"))",
            "RotationLambdaARN": "arn:aws:lambda:us-east-1:000000000000:function:other",
            "RotationRules": ["AutomaticallyAfterDays": 1],
        ]
        #expect(vault.refusal(of: .rotateSecret, members) == .cannotInvoke)
        #expect(try vault.describe("a") == before)
    }

    @Test("a secret that has a hundred versions of today")
    func fullOfVersions() throws {
        for number in 2...100 {
            try vault.put("v", on: "a", token: version("v\(number)"))
        }
        #expect(
            vault.refusal(
                of: .rotateSecret,
                [
                    "SecretId": "a", "ClientRequestToken": "\(version("2"))",
                    "RotationLambdaARN": "\(ScratchVault.function)",
                ]
            ) == .tooManyVersions
        )
        #expect(try vault.describe("a")["RotationEnabled"] == nil)
    }
}

private let refusedRequests =
    [
        Refused(["ClientRequestToken": "t"], .constraint("'t'", "clientRequestToken", atLeast(32))),
        Refused(
            ["RotationLambdaARN": "\(long(2_049))"],
            .constraint("'\(long(2_049))'", "rotationLambdaARN", atMost(2_048))
        ),
        Refused(
            ["RotationRules": ["AutomaticallyAfterDays": 0]],
            .constraint(
                "'0'",
                "rotationRules.automaticallyAfterDays",
                "have value greater than or equal to 1"
            )
        ),
        Refused(
            ["RotationRules": ["AutomaticallyAfterDays": "1"]],
            .wrongType("STRING_VALUE can not be converted to a Long")
        ),
        Refused(["RotationRules": "rate(1 day)"], .wrongType("Expected null")),
        Refused(
            ["RotateImmediately": "false"],
            .wrongType("STRING_VALUE can not be converted to a Boolean")
        ),
        Refused(
            ["RotationRules": ["AutomaticallyAfterDays": 1, "ScheduleExpression": "rate(1 day)"]],
            .invalid("You cannot specify both rotation frequency and schedule expression together.")
        ),
        Refused(
            ["ExternalSecretRotationRoleArn": "\(ScratchVault.role)"],
            .invalid(
                "ExternalSecretRotationRoleArn and ExternalSecretRotationMetadata are for managed"
                    + " external secrets only."
            )
        ),
        Refused(
            ["ExternalSecretRotationRoleArn": "arn"],
            .constraint("'arn'", "externalSecretRotationRoleArn", atLeast(20))
        ),
        Refused(
            ["ExternalSecretRotationMetadata": [["Key": "", "Value": "v"]]],
            .constraint("''", "externalSecretRotationMetadata.1.member.key", atLeast(1))
        ),
    ]
    + [
        (
            "rate(0 days)",
            "Invalid schedule expression. A rate must be between 4 hours and 999 days."
        ),
        (
            "rate(3 hours)",
            "Invalid schedule expression. You can't rotate a secret more often than every four"
                + " hours."
        ),
        ("every day", "Invalid schedule expression."),
        ("cron(0 0 31 2 ? *)", "Invalid schedule expression. It names a day that never comes."),
    ].map { expression, text in
        Refused(["RotationRules": ["ScheduleExpression": "\(expression)"]], .invalid(text))
    }
    + [
        ("0h", "Invalid duration. It must be at least 1h."),
        ("9h", "Invalid duration. The rotation window must not extend into the next UTC day."),
    ].map { duration, text in
        Refused(
            [
                "RotationRules": [
                    "ScheduleExpression": "cron(0 16 * * ? *)", "Duration": "\(duration)",
                ]
            ],
            .invalid(text)
        )
    }
    + [
        Refused(
            ["RotationRules": ["ScheduleExpression": "cron(0 0,4,12 * * ? *)", "Duration": "5h"]],
            .invalid(
                "Invalid duration. The rotation window must not extend into the next rotation"
                    + " window."
            )
        )
    ]
