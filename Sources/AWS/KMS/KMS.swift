/// The Key Management Service, API version 2014-11-01.
///
/// [API reference](https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html)
package enum KMS: Service {
    package typealias Action = KMSAction

    package static let signingName = "kms"
    package static let eventSource = "kms.amazonaws.com"
    package static let wire = WireProtocol.json(targetPrefix: "TrentService")
    package static let operations = Action.allCases.map(\.operation)

    package static let faults: [APIError] = [
        .fault(.alreadyExists), .fault(.disabled), .fault(.incorrectKey), .fault(.invalidAliasName),
        .fault(.invalidARN), .fault(.invalidCiphertext), .fault(.invalidGrantID),
        .fault(.invalidGrantToken), .fault(.invalidKeyUsage), .fault(.invalidMarker),
        .fault(.kmsInvalidState), .fault(.limitExceeded), .fault(.malformedPolicyDocument),
        .fault(.notFound), .fault(.tag), .fault(.unsupportedOperation),
    ]

    package static func messageMember(of code: APIError.Code) -> String {
        code.smallMessageMember
    }
}

extension KMSAction {
    package var operation: ServiceOperation {
        switch self {
        case .cancelKeyDeletion: ServiceOperation(CancelKeyDeletion.self)
        case .createAlias: ServiceOperation(CreateAlias.self)
        case .createGrant: ServiceOperation(CreateGrant.self)
        case .createKey: ServiceOperation(CreateKey.self)
        case .decrypt: ServiceOperation(Decrypt.self)
        case .deleteAlias: ServiceOperation(DeleteAlias.self)
        case .describeKey: ServiceOperation(DescribeKey.self)
        case .disableKey: ServiceOperation(DisableKey.self)
        case .disableKeyRotation: ServiceOperation(DisableKeyRotation.self)
        case .enableKey: ServiceOperation(EnableKey.self)
        case .enableKeyRotation: ServiceOperation(EnableKeyRotation.self)
        case .encrypt: ServiceOperation(Encrypt.self)
        case .generateDataKey: ServiceOperation(GenerateDataKey.self)
        case .generateDataKeyWithoutPlaintext:
            ServiceOperation(GenerateDataKeyWithoutPlaintext.self)
        case .generateRandom: ServiceOperation(GenerateRandom.self)
        case .getKeyPolicy: ServiceOperation(GetKeyPolicy.self)
        case .getKeyRotationStatus: ServiceOperation(GetKeyRotationStatus.self)
        case .listAliases: ServiceOperation(ListAliases.self)
        case .listGrants: ServiceOperation(ListGrants.self)
        case .listKeyPolicies: ServiceOperation(ListKeyPolicies.self)
        case .listKeyRotations: ServiceOperation(ListKeyRotations.self)
        case .listKeys: ServiceOperation(ListKeys.self)
        case .listResourceTags: ServiceOperation(ListResourceTags.self)
        case .listRetirableGrants: ServiceOperation(ListRetirableGrants.self)
        case .putKeyPolicy: ServiceOperation(PutKeyPolicy.self)
        case .reEncrypt: ServiceOperation(ReEncrypt.self)
        case .retireGrant: ServiceOperation(RetireGrant.self)
        case .revokeGrant: ServiceOperation(RevokeGrant.self)
        case .rotateKeyOnDemand: ServiceOperation(RotateKeyOnDemand.self)
        case .scheduleKeyDeletion: ServiceOperation(ScheduleKeyDeletion.self)
        case .tagResource: ServiceOperation(TagKMSKey.self)
        case .untagResource: ServiceOperation(UntagKMSKey.self)
        case .updateAlias: ServiceOperation(UpdateAlias.self)
        case .updateKeyDescription: ServiceOperation(UpdateKeyDescription.self)
        }
    }
}
