import AWS
import JSON
import Notation
import TestSupport

/// The outcomes of every operation in every case, none of them computed.
func row(of action: SecretsManagerAction) -> ActionRow {
    switch action {
    case .associateCrossAccountReplica: associateCrossAccountReplica
    case .disassociateCrossAccountReplica: disassociateCrossAccountReplica
    case .batchGetSecretValue: batchGetSecretValue
    case .cancelRotateSecret: cancelRotateSecret
    case .createSecret: createSecret
    case .deleteResourcePolicy: deleteResourcePolicy
    case .deleteSecret: deleteSecret
    case .describeSecret: describeSecret
    case .getRandomPassword: getRandomPassword
    case .getResourcePolicy: getResourcePolicy
    case .getSecretValue: getSecretValue
    case .listResourcePolicies: listResourcePolicies
    case .listSecretVersionIDs: listSecretVersionIDs
    case .listSecrets: listSecrets
    case .putResourcePolicy: putResourcePolicy
    case .putSecretValue: putSecretValue
    case .removeRegionsFromReplication: removeRegionsFromReplication
    case .replicateSecretToRegions: replicateSecretToRegions
    case .restoreSecret: restoreSecret
    case .rotateSecret: rotateSecret
    case .stopReplicationToReplica: stopReplicationToReplica
    case .tagResource: tagResource
    case .untagResource: untagResource
    case .updateSecret: updateSecret
    case .updateSecretVersionStage: updateSecretVersionStage
    case .validateResourcePolicy: validateResourcePolicy
    }
}

private let token: JSONValue = "\(version("9"))"
private let numberAsString = Refusal.wrongType("NUMBER_VALUE can not be converted to a String")
private let noList = Refusal.wrongType("Expected list or null")

private let batchGetSecretValue = ActionRow(
    request: { ["SecretIdList": ["\($0)"]] },
    mistyped: ["SecretIdList": "ordinary"],
    answer: ["Errors", "SecretValues"],
    unknownSecret: .told(.unknownSecret),
    badName: .told(.badName),
    partialARN: .success,
    foreignRegion: .told(.unknownSecret),
    foreignAccount: .told(.defaultKeyAcrossAccounts),
    scheduled: .told(.scheduled),
    serviceOwned: .success,
    empty: .told(.nothingUnder(label: "AWSCURRENT")),
    replica: .success,
    missingMember: .refused(
        .invalid("Either 'SecretIdList' or 'Filters' must be provided, but not both.")
    ),
    nullMember: .refused(
        .invalid("Either 'SecretIdList' or 'Filters' must be provided, but not both.")
    ),
    wrongType: .refused(noList),
    unknownMember: .success
)

private let createSecret = ActionRow(
    request: { ["Name": "\($0)", "SecretString": "s", "ClientRequestToken": token] },
    mistyped: ["Name": 1],
    answer: ["ARN", "Name", "VersionId"],
    unknownSecret: .success,
    badName: .refused(.badName),
    partialARN: .refused(.badName),
    foreignRegion: .refused(.badName),
    foreignAccount: .refused(.badName),
    scheduled: .refused(.scheduledName),
    serviceOwned: .refused(.nameTaken("owned")),
    empty: .refused(.nameTaken("empty")),
    replica: .refused(.nameTaken("replica")),
    missingMember: .refused(.missing("name")),
    nullMember: .refused(.missing("name")),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

private let deleteSecret = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": "ordinary", "RecoveryWindowInDays": "7"],
    answer: ["ARN", "DeletionDate", "Name"],
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
    wrongType: .refused(.wrongType("STRING_VALUE can not be converted to a Long")),
    unknownMember: .success
)

private let describeSecret = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": 1],
    answer: ["ARN", "CreatedDate", "LastChangedDate", "Name", "VersionIdsToStages"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .success,
    serviceOwned: .success,
    empty: .success,
    replica: .success,
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

private let getRandomPassword = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["ExcludeCharacters": 1],
    answer: ["RandomPassword"],
    unknownSecret: .success,
    badName: .success,
    partialARN: .success,
    foreignRegion: .success,
    foreignAccount: .success,
    scheduled: .success,
    serviceOwned: .success,
    empty: .success,
    replica: .success,
    missingMember: .success,
    nullMember: .success,
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

private let getSecretValue = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": "ordinary", "VersionStage": 1],
    answer: ["ARN", "CreatedDate", "Name", "SecretString", "VersionId", "VersionStages"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .refused(.defaultKeyAcrossAccounts),
    scheduled: .refused(.scheduled),
    serviceOwned: .success,
    empty: .refused(.nothingUnder(label: "AWSCURRENT")),
    replica: .success,
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

private let listSecretVersionIDs = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": "ordinary", "IncludeDeprecated": "true"],
    answer: ["ARN", "Name", "Versions"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .success,
    serviceOwned: .success,
    empty: .success,
    replica: .success,
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(.wrongType("STRING_VALUE can not be converted to a Boolean")),
    unknownMember: .success
)

private let listSecrets = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["Filters": [1]],
    answer: ["SecretList"],
    unknownSecret: .success,
    badName: .success,
    partialARN: .success,
    foreignRegion: .success,
    foreignAccount: .success,
    scheduled: .success,
    serviceOwned: .success,
    empty: .success,
    replica: .success,
    missingMember: .success,
    nullMember: .success,
    wrongType: .refused(.wrongType("Expected null")),
    unknownMember: .success
)

private let putSecretValue = ActionRow(
    request: { ["SecretId": "\($0)", "SecretString": "s", "ClientRequestToken": token] },
    mistyped: ["SecretId": "ordinary", "SecretString": 1],
    answer: ["ARN", "Name", "VersionId", "VersionStages"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .refused(.defaultKeyAcrossAccounts),
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

private let restoreSecret = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": [:]],
    answer: ["ARN", "Name"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .success,
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(.wrongType("Start of structure or map found where not expected.")),
    unknownMember: .success
)

private let tagResource = ActionRow(
    request: { ["SecretId": "\($0)", "Tags": [["Key": "k", "Value": "v"]]] },
    mistyped: ["SecretId": "ordinary", "Tags": [["Key": "k", "Value": 1]]],
    answer: [],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(
        .constraints(
            "Value null at 'secretId' failed to satisfy constraint: Member must not be null",
            "Value null at 'tags' failed to satisfy constraint: Member must not be null"
        )
    ),
    nullMember: .refused(
        .constraints(
            "Value null at 'secretId' failed to satisfy constraint: Member must not be null",
            "Value null at 'tags' failed to satisfy constraint: Member must not be null"
        )
    ),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

private let untagResource = ActionRow(
    request: { ["SecretId": "\($0)", "TagKeys": ["k"]] },
    mistyped: ["SecretId": "ordinary", "TagKeys": [1]],
    answer: [],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(
        .constraints(
            "Value null at 'secretId' failed to satisfy constraint: Member must not be null",
            "Value null at 'tagKeys' failed to satisfy constraint: Member must not be null"
        )
    ),
    nullMember: .refused(
        .constraints(
            "Value null at 'secretId' failed to satisfy constraint: Member must not be null",
            "Value null at 'tagKeys' failed to satisfy constraint: Member must not be null"
        )
    ),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

private let updateSecret = ActionRow(
    request: { ["SecretId": "\($0)", "SecretString": "s", "ClientRequestToken": token] },
    mistyped: ["SecretId": "ordinary", "KmsKeyId": 1],
    answer: ["ARN", "Name", "VersionId"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .refused(.defaultKeyAcrossAccounts),
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

private let updateSecretVersionStage = ActionRow(
    request: { ["SecretId": "\($0)", "VersionStage": "x", "MoveToVersionId": "\(version("1"))"] },
    mistyped: ["SecretId": "ordinary", "VersionStage": 1],
    answer: ["ARN", "Name"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .refused(.nothingUnder(versionID: version("1"))),
    replica: .refused(.onReplica),
    missingMember: .refused(
        .constraints(
            "Value null at 'secretId' failed to satisfy constraint: Member must not be null",
            "Value null at 'versionStage' failed to satisfy constraint: Member must not be null"
        )
    ),
    nullMember: .refused(
        .constraints(
            "Value null at 'secretId' failed to satisfy constraint: Member must not be null",
            "Value null at 'versionStage' failed to satisfy constraint: Member must not be null"
        )
    ),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)
