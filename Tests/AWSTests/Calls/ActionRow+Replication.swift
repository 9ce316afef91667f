import AWS
import JSON
import Notation
import TestSupport

private let noRegions = Refusal.wrongType("Expected list or null")

let removeRegionsFromReplication = ActionRow(
    request: { ["SecretId": "\($0)", "RemoveReplicaRegions": ["eu-west-1"]] },
    mistyped: ["SecretId": "ordinary", "RemoveReplicaRegions": "eu-west-1"],
    answer: ["ARN", "ReplicationStatus"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId", "removeReplicaRegions")),
    nullMember: .refused(.missing("secretId", "removeReplicaRegions")),
    wrongType: .refused(noRegions),
    unknownMember: .success
)

let replicateSecretToRegions = ActionRow(
    request: { ["SecretId": "\($0)", "AddReplicaRegions": [["Region": "eu-central-1"]]] },
    mistyped: ["SecretId": "ordinary", "AddReplicaRegions": "eu-west-1"],
    answer: ["ARN", "ReplicationStatus"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId", "addReplicaRegions")),
    nullMember: .refused(.missing("secretId", "addReplicaRegions")),
    wrongType: .refused(noRegions),
    unknownMember: .success
)

let stopReplicationToReplica = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": []],
    answer: ["ARN"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .refused(.onPrimary),
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .refused(.onPrimary),
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .refused(.onPrimary),
    replica: .success,
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(.wrongType("Start of list found where not expected")),
    unknownMember: .refused(.onPrimary)
)

/// The operations that need secrets of two accounts.
let betweenAccounts: Set<SecretsManagerAction> = [
    .associateCrossAccountReplica, .disassociateCrossAccountReplica,
]

private let replicaARN: JSONValue =
    "arn:aws:secretsmanager:us-east-1:222233334444:secret:copy-AbCdEf"
private let notItsReplica = Refusal(
    "InvalidRequestException",
    "CrossAccountReplicaARN is not a cross-account replica of this secret."
)

/// About a replica that is not there; `AssociateCrossAccountReplicaTests` have one that is.
let associateCrossAccountReplica = ActionRow(
    request: { ["SecretId": "\($0)", "CrossAccountReplicaARN": replicaARN] },
    mistyped: ["SecretId": "ordinary", "CrossAccountReplicaARN": 1],
    answer: [],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .refused(.unknownSecret),
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .refused(.unknownSecret),
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .refused(.unknownSecret),
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId", "crossAccountReplicaARN")),
    nullMember: .refused(.missing("secretId", "crossAccountReplicaARN")),
    wrongType: .refused(.wrongType("NUMBER_VALUE can not be converted to a String")),
    unknownMember: .refused(.unknownSecret)
)

let disassociateCrossAccountReplica = ActionRow(
    request: { ["SecretId": "\($0)", "CrossAccountReplicaARN": replicaARN] },
    mistyped: ["SecretId": "ordinary", "CrossAccountReplicaARN": 1],
    answer: [],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .refused(notItsReplica),
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .refused(notItsReplica),
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .refused(notItsReplica),
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId", "crossAccountReplicaARN")),
    nullMember: .refused(.missing("secretId", "crossAccountReplicaARN")),
    wrongType: .refused(.wrongType("NUMBER_VALUE can not be converted to a String")),
    unknownMember: .refused(notItsReplica)
)
