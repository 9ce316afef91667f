import AWS
import JSON
import Notation
import TestSupport

let cancelRotateSecret = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": 1],
    answer: ["ARN", "Name"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(.wrongType("NUMBER_VALUE can not be converted to a String")),
    unknownMember: .success
)

let rotateSecret = ActionRow(
    request: {
        [
            "SecretId": "\($0)", "ClientRequestToken": "\(version("9"))",
            "RotationLambdaARN": "\(ScratchVault.function)",
        ]
    },
    mistyped: ["SecretId": "ordinary", "RotationRules": [1]],
    answer: ["ARN", "Name", "VersionId"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(
        Refusal(
            "InvalidRequestException",
            "Rotation Lambda ARN is not supported for a service-managed secret."
        )
    ),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(.wrongType("Start of list found where not expected")),
    unknownMember: .success
)
