/// Secrets Manager, API version 2017-10-17.
///
/// Its target has no version, unlike most of AWS.
///
/// [API reference](https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html)
package enum SecretsManager: Service {
    package typealias Action = SecretsManagerAction

    package static let signingName = "secretsmanager"
    package static let eventSource = "secretsmanager.amazonaws.com"
    package static let wire = WireProtocol.json(targetPrefix: "secretsmanager")
    package static let operations = Action.allCases.map(\.operation)

    package static let faults: [APIError] = [
        .secretNotFound, .scheduledForDeletion, .bothValues, .decryptionFailure(cause: ""),
        .encryptionFailure(cause: ""), .invalidNextToken, .publicPolicy, .fault(.limitExceeded),
        .fault(.malformedPolicyDocument), .fault(.resourceExists), .fault(.preconditionNotMet),
    ]

    /// The last one is asked for by another operation, and is none itself.
    package static let permissionNames =
        SecretsManagerAction.allCases.map(\.rawValue) + ["AcceptCrossAccountReplication"]
}

extension SecretsManagerAction {
    package var operation: ServiceOperation {
        switch self {
        case .associateCrossAccountReplica: ServiceOperation(AssociateCrossAccountReplica.self)
        case .disassociateCrossAccountReplica:
            ServiceOperation(DisassociateCrossAccountReplica.self)
        case .batchGetSecretValue: ServiceOperation(often: BatchGetSecretValue.self)
        case .cancelRotateSecret: ServiceOperation(CancelRotateSecret.self)
        case .createSecret: ServiceOperation(CreateSecret.self)
        case .deleteResourcePolicy: ServiceOperation(DeleteResourcePolicy.self)
        case .deleteSecret: ServiceOperation(DeleteSecret.self)
        case .describeSecret: ServiceOperation(often: DescribeSecret.self)
        case .getRandomPassword: ServiceOperation(GetRandomPassword.self)
        case .getResourcePolicy: ServiceOperation(GetResourcePolicy.self)
        case .getSecretValue: ServiceOperation(often: GetSecretValue.self)
        case .listResourcePolicies: ServiceOperation(ListResourcePolicies.self)
        case .listSecretVersionIDs: ServiceOperation(ListSecretVersionIDs.self)
        case .listSecrets: ServiceOperation(ListSecrets.self)
        case .putResourcePolicy: ServiceOperation(PutResourcePolicy.self)
        case .putSecretValue: ServiceOperation(PutSecretValue.self)
        case .removeRegionsFromReplication: ServiceOperation(RemoveRegionsFromReplication.self)
        case .replicateSecretToRegions: ServiceOperation(ReplicateSecretToRegions.self)
        case .restoreSecret: ServiceOperation(RestoreSecret.self)
        case .rotateSecret: ServiceOperation(RotateSecret.self)
        case .stopReplicationToReplica: ServiceOperation(StopReplicationToReplica.self)
        case .tagResource: ServiceOperation(TagResource.self)
        case .untagResource: ServiceOperation(UntagResource.self)
        case .updateSecret: ServiceOperation(UpdateSecret.self)
        case .updateSecretVersionStage: ServiceOperation(UpdateSecretVersionStage.self)
        case .validateResourcePolicy: ServiceOperation(ValidateResourcePolicy.self)
        }
    }
}
