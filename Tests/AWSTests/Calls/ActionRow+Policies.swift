import AWS
import JSON
import Notation
import TestSupport

private let numberAsString = Refusal.wrongType("NUMBER_VALUE can not be converted to a String")

/// Nobody's rights: broad enough for no test, narrow enough for all.
private let policy: JSONValue = .string(
    #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","#
        + #""Principal":{"AWS":"111122223333"},"Action":"secretsmanager:GetSecretValue","#
        + #""Resource":"*"}}"#
)

let deleteResourcePolicy = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": "ordinary", "PolicyName": 1],
    answer: ["ARN", "Name", "PolicyName"],
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
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

let getResourcePolicy = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": 1],
    answer: ["ARN", "Name", "PolicyName"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .success,
    empty: .success,
    replica: .success,
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)

let listResourcePolicies = ActionRow(
    request: { ["SecretId": "\($0)"] },
    mistyped: ["SecretId": "ordinary", "MaxResults": "1"],
    answer: ["ResourcePolicies"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .success,
    empty: .success,
    replica: .success,
    missingMember: .refused(.missing("secretId")),
    nullMember: .refused(.missing("secretId")),
    wrongType: .refused(.wrongType("STRING_VALUE can not be converted to an Integer")),
    unknownMember: .success
)

let putResourcePolicy = ActionRow(
    request: { ["SecretId": "\($0)", "ResourcePolicy": policy] },
    mistyped: ["SecretId": "ordinary", "ResourcePolicy": [:]],
    answer: ["ARN", "Name", "PolicyName"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .refused(.ownedByRDS),
    empty: .success,
    replica: .refused(.onReplica),
    missingMember: .refused(.missing("secretId", "resourcePolicy")),
    nullMember: .refused(.missing("secretId", "resourcePolicy")),
    wrongType: .refused(.wrongType("Start of structure or map found where not expected.")),
    unknownMember: .success
)

let validateResourcePolicy = ActionRow(
    request: { ["SecretId": "\($0)", "ResourcePolicy": policy] },
    mistyped: ["ResourcePolicy": 1],
    answer: ["PolicyValidationPassed", "ValidationErrors"],
    unknownSecret: .refused(.unknownSecret),
    badName: .refused(.badName),
    partialARN: .success,
    foreignRegion: .refused(.unknownSecret),
    foreignAccount: .success,
    scheduled: .refused(.scheduled),
    serviceOwned: .success,
    empty: .success,
    replica: .success,
    missingMember: .refused(.missing("resourcePolicy")),
    nullMember: .refused(.missing("resourcePolicy")),
    wrongType: .refused(numberAsString),
    unknownMember: .success
)
