/// The operations of Secrets Manager that are built, by the names of its API, version 2017-10-17.
package enum Action: String, ServiceAction, CaseIterable {
    case associateCrossAccountReplica = "AssociateCrossAccountReplica"
    case batchGetSecretValue = "BatchGetSecretValue"
    case cancelRotateSecret = "CancelRotateSecret"
    case createSecret = "CreateSecret"
    case deleteResourcePolicy = "DeleteResourcePolicy"
    case deleteSecret = "DeleteSecret"
    case describeSecret = "DescribeSecret"
    case disassociateCrossAccountReplica = "DisassociateCrossAccountReplica"
    case getRandomPassword = "GetRandomPassword"
    case getResourcePolicy = "GetResourcePolicy"
    case getSecretValue = "GetSecretValue"
    case listResourcePolicies = "ListResourcePolicies"
    case listSecretVersionIDs = "ListSecretVersionIds"
    case listSecrets = "ListSecrets"
    case putResourcePolicy = "PutResourcePolicy"
    case putSecretValue = "PutSecretValue"
    case removeRegionsFromReplication = "RemoveRegionsFromReplication"
    case replicateSecretToRegions = "ReplicateSecretToRegions"
    case restoreSecret = "RestoreSecret"
    case rotateSecret = "RotateSecret"
    case stopReplicationToReplica = "StopReplicationToReplica"
    case tagResource = "TagResource"
    case untagResource = "UntagResource"
    case updateSecret = "UpdateSecret"
    case updateSecretVersionStage = "UpdateSecretVersionStage"
    case validateResourcePolicy = "ValidateResourcePolicy"

    package static let eventSource = "secretsmanager.amazonaws.com"

    package var isReadOnly: Bool {
        switch self {
        case .batchGetSecretValue, .describeSecret, .getRandomPassword, .getResourcePolicy,
            .getSecretValue, .listResourcePolicies, .listSecretVersionIDs, .listSecrets,
            .validateResourcePolicy:
            true
        case .associateCrossAccountReplica, .disassociateCrossAccountReplica,
            .cancelRotateSecret, .createSecret, .deleteResourcePolicy, .deleteSecret,
            .putResourcePolicy, .putSecretValue, .removeRegionsFromReplication,
            .replicateSecretToRegions, .restoreSecret, .rotateSecret, .stopReplicationToReplica,
            .tagResource, .untagResource, .updateSecret, .updateSecretVersionStage:
            false
        }
    }
}
