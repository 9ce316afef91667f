/// The operations of Secrets Manager that are built, by the names of its API, version 2017-10-17.
package enum Action: String, ServiceAction, CaseIterable {
    case batchGetSecretValue = "BatchGetSecretValue"
    case cancelRotateSecret = "CancelRotateSecret"
    case createSecret = "CreateSecret"
    case deleteSecret = "DeleteSecret"
    case describeSecret = "DescribeSecret"
    case getRandomPassword = "GetRandomPassword"
    case getSecretValue = "GetSecretValue"
    case listSecretVersionIDs = "ListSecretVersionIds"
    case listSecrets = "ListSecrets"
    case putSecretValue = "PutSecretValue"
    case restoreSecret = "RestoreSecret"
    case rotateSecret = "RotateSecret"
    case tagResource = "TagResource"
    case untagResource = "UntagResource"
    case updateSecret = "UpdateSecret"
    case updateSecretVersionStage = "UpdateSecretVersionStage"

    package static let eventSource = "secretsmanager.amazonaws.com"

    package var isReadOnly: Bool {
        switch self {
        case .batchGetSecretValue, .describeSecret, .getRandomPassword, .getSecretValue,
            .listSecretVersionIDs, .listSecrets:
            true
        case .cancelRotateSecret, .createSecret, .deleteSecret, .putSecretValue, .restoreSecret,
            .rotateSecret, .tagResource, .untagResource, .updateSecret, .updateSecretVersionStage:
            false
        }
    }
}
