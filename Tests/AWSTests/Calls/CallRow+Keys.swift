import AWS
import JSON
import TestSupport

/// The rows of KMS, STS, CloudTrail and Systems Manager.
extension CallRow {
    private static func key(
        _ action: KMSAction,
        _ others: JSONValue = [:],
        of keyID: String = Furniture.keyID,
        required: [String] = [],
        answer: [String] = []
    ) -> CallRow {
        CallRow(
            .kms(action),
            Refused(others, .malformedInput).members(and: ["KeyId": "\(keyID)"]),
            about: .key,
            required: ["keyId"] + required,
            answer: answer,
            on: keyARN(keyID)
        )
    }

    /// An alias is asked for, and the key that it shall name.
    private static func alias(_ action: KMSAction, _ name: String) -> CallRow {
        CallRow(
            .kms(action),
            ["AliasName": "\(name)", "TargetKeyId": "\(Furniture.keyID)"],
            about: .key,
            required: ["aliasName", "targetKeyId"],
            on: "arn:aws:kms:us-east-1:000000000000:\(name)",
            also: [("kms:\(action.rawValue)", Furniture.key)]
        )
    }

    static let kms = [
        key(.cancelKeyDeletion, of: Furniture.pendingKeyID, answer: ["KeyId"]),
        alias(.createAlias, "alias/new"),
        key(
            .createGrant,
            ["GranteePrincipal": "\(Furniture.role)", "Operations": ["Encrypt"]],
            required: ["operations"],
            answer: ["GrantId", "GrantToken"]
        ),
        CallRow(.kms(.createKey), answer: ["KeyMetadata"]),
        CallRow(
            .kms(.decrypt),
            ["CiphertextBlob": "\(Furniture.ciphertext)", "KeyId": "\(Furniture.keyID)"],
            about: .key,
            required: ["ciphertextBlob"],
            always: Refusal("InvalidCiphertextException", nil),
            on: Furniture.key
        ),
        CallRow(
            .kms(.deleteAlias),
            ["AliasName": "alias/ordinary"],
            about: .alias,
            required: ["aliasName"],
            on: Furniture.alias
        ),
        key(.describeKey, answer: ["KeyMetadata"]),
        key(.disableKey),
        key(.disableKeyRotation),
        key(.enableKey),
        key(.enableKeyRotation),
        key(
            .encrypt,
            ["Plaintext": "aGk="],
            required: ["plaintext"],
            answer: ["CiphertextBlob", "EncryptionAlgorithm", "KeyId"]
        ),
        key(
            .generateDataKey,
            ["KeySpec": "AES_256"],
            answer: ["CiphertextBlob", "KeyId", "KeyMaterialId", "Plaintext"]
        ),
        key(
            .generateDataKeyWithoutPlaintext,
            ["NumberOfBytes": 32],
            answer: ["CiphertextBlob", "KeyId", "KeyMaterialId"]
        ),
        CallRow(
            .kms(.generateRandom),
            ["NumberOfBytes": 8],
            answer: ["Plaintext"],
            bare: Refusal("ValidationException", "NumberOfBytes is required.")
        ),
        key(.getKeyPolicy, answer: ["Policy", "PolicyName"]),
        key(.getKeyRotationStatus, answer: ["KeyId", "KeyRotationEnabled"]),
        CallRow(.kms(.listAliases), answer: ["Aliases", "Truncated"]),
        key(.listGrants, answer: ["Grants", "Truncated"]),
        key(.listKeyPolicies, answer: ["PolicyNames", "Truncated"]),
        key(.listKeyRotations, answer: ["Rotations", "Truncated"]),
        CallRow(.kms(.listKeys), answer: ["Keys", "Truncated"]),
        key(.listResourceTags, answer: ["Tags", "Truncated"]),
        CallRow(
            .kms(.listRetirableGrants),
            ["RetiringPrincipal": "\(Furniture.role)"],
            answer: ["Grants", "Truncated"],
            bare: Refusal(
                "ValidationException",
                "Please specify either RetiringPrincipal or RetiringServicePrincipal."
            )
        ),
        key(.putKeyPolicy, ["Policy": "\(Furniture.keyPolicy)"], required: ["policy"]),
        CallRow(
            .kms(.reEncrypt),
            [
                "CiphertextBlob": "\(Furniture.ciphertext)", "SourceKeyId": "\(Furniture.keyID)",
                "DestinationKeyId": "\(Furniture.keyID)",
            ],
            required: ["ciphertextBlob", "destinationKeyId"],
            always: Refusal("InvalidCiphertextException", nil),
            on: nil,
            also: [("kms:ReEncryptFrom", Furniture.key), ("kms:ReEncryptTo", Furniture.key)]
        ),
        CallRow(
            .kms(.retireGrant),
            ["KeyId": "\(Furniture.keyID)", "GrantId": "\(Furniture.grantID)"],
            about: .key,
            bare: Refusal(
                "ValidationException",
                "Please specify either a grant token, or a key ID and a grant ID."
            ),
            on: Furniture.key
        ),
        key(.revokeGrant, ["GrantId": "\(Furniture.grantID)"], required: ["grantId"]),
        key(.rotateKeyOnDemand, answer: ["KeyId"]),
        key(
            .scheduleKeyDeletion,
            answer: ["DeletionDate", "KeyId", "KeyState", "PendingWindowInDays"]
        ),
        key(.tagResource, ["Tags": [["TagKey": "a", "TagValue": "1"]]], required: ["tags"]),
        key(.untagResource, ["TagKeys": ["a"]], required: ["tagKeys"]),
        alias(.updateAlias, "alias/ordinary"),
        key(.updateKeyDescription, ["Description": "d"], required: ["description"]),
    ]

    static let sts = [
        CallRow(
            .sts(.assumeRole),
            ["RoleArn": "\(Furniture.role)", "RoleSessionName": "task"],
            required: ["roleArn", "roleSessionName"],
            answer: ["AssumedRoleUser", "Credentials"],
            on: Furniture.role
        ),
        // The token alone says who calls: those that are tokens are tested apart.
        CallRow(
            .sts(.assumeRoleWithWebIdentity),
            [
                "RoleArn": "\(Furniture.role)", "RoleSessionName": "task",
                "WebIdentityToken": "nothing",
            ],
            required: ["roleArn", "roleSessionName", "webIdentityToken"],
            always: Refusal(
                "InvalidIdentityToken",
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an"
                    + " Access Token)"
            ),
            on: nil
        ),
        CallRow(
            .sts(.decodeAuthorizationMessage),
            ["EncodedMessage": "nothing"],
            required: ["encodedMessage"],
            always: Refusal(
                "InvalidAuthorizationMessageException",
                "The message could not be decoded: it was not encoded here."
            )
        ),
        CallRow(
            .sts(.getAccessKeyInfo),
            ["AccessKeyId": "\(Furniture.accessKey)"],
            required: ["accessKeyId"],
            answer: ["Account"]
        ),
        // Everybody may ask for this and the last.
        CallRow(.sts(.getCallerIdentity), answer: ["Arn", "UserId", "Account"], on: nil),
        CallRow(
            .sts(.getFederationToken),
            ["Name": "guest"],
            required: ["name"],
            answer: ["Credentials", "FederatedUser", "PackedPolicySize"],
            on: "arn:aws:sts::000000000000:federated-user/guest"
        ),
        CallRow(.sts(.getSessionToken), answer: ["Credentials"], on: nil),
    ]

    static let cloudTrail = [CallRow(.cloudTrail(.lookupEvents), answer: ["Events"])]

    /// Of an ordinary parameter: secrets are tested apart, for they need Secrets Manager too.
    static let ssm = [
        CallRow(
            .ssm(.getParameter),
            ["Name": "/app/colour"],
            required: ["name"],
            always: Refusal("ParameterNotFound", nil),
            on: "arn:aws:ssm:us-east-1:000000000000:parameter/app/colour"
        ),
        CallRow(
            .ssm(.getParameters),
            ["Names": ["colour", "/app/size"]],
            required: ["names"],
            answer: ["InvalidParameters", "Parameters"],
            on: "arn:aws:ssm:us-east-1:000000000000:parameter/app/size",
            also: [
                ("ssm:GetParameters", "arn:aws:ssm:us-east-1:000000000000:parameter/colour")
            ]
        ),
    ]
}
