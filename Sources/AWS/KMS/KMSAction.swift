/// The operations of the Key Management Service that are built, by the names of its API, version
/// 2014-11-01.
package enum KMSAction: String, ServiceAction, CaseIterable {
    case cancelKeyDeletion = "CancelKeyDeletion"
    case createAlias = "CreateAlias"
    case createKey = "CreateKey"
    case deleteAlias = "DeleteAlias"
    case describeKey = "DescribeKey"
    case disableKey = "DisableKey"
    case disableKeyRotation = "DisableKeyRotation"
    case enableKey = "EnableKey"
    case enableKeyRotation = "EnableKeyRotation"
    case getKeyPolicy = "GetKeyPolicy"
    case getKeyRotationStatus = "GetKeyRotationStatus"
    case listAliases = "ListAliases"
    case listKeyPolicies = "ListKeyPolicies"
    case listKeys = "ListKeys"
    case listResourceTags = "ListResourceTags"
    case putKeyPolicy = "PutKeyPolicy"
    case scheduleKeyDeletion = "ScheduleKeyDeletion"
    case tagResource = "TagResource"
    case untagResource = "UntagResource"
    case updateAlias = "UpdateAlias"
    case updateKeyDescription = "UpdateKeyDescription"

    package static let eventSource = "kms.amazonaws.com"

    /// Stands before the operation's name in the target of a call.
    package static let targetPrefix = "TrentService"

    package var isReadOnly: Bool {
        switch self {
        case .describeKey, .getKeyPolicy, .getKeyRotationStatus, .listAliases, .listKeyPolicies,
            .listKeys, .listResourceTags:
            true
        case .cancelKeyDeletion, .createAlias, .createKey, .deleteAlias, .disableKey,
            .disableKeyRotation, .enableKey, .enableKeyRotation, .putKeyPolicy,
            .scheduleKeyDeletion, .tagResource, .untagResource, .updateAlias,
            .updateKeyDescription:
            false
        }
    }
}
