import AWS
import JSON
import TestSupport

/// The keys of KMS, IAM, STS and ECS.
extension KeyCase {
    private static let decrypt = AskedCall.secrets(
        .getSecretValue,
        ["SecretId": "keyed"],
        asking: "kms:Decrypt"
    )
    private static let make = AskedCall.service(
        .kms(.createKey),
        ["MultiRegion": true, "BypassPolicyLockoutSafetyCheck": true]
    )
    private static let describe = AskedCall.service(
        .kms(.describeKey),
        ["KeyId": "alias/ordinary"]
    )

    private static func key(
        _ name: String,
        named suffix: String = "",
        by operation: String = "StringEquals",
        _ value: String,
        not other: String,
        _ call: AskedCall
    ) -> KeyCase {
        KeyCase("kms:\(name)", named: suffix, operation, value, not: other, call)
    }

    /// C54.
    static let ofKMS: [KeyCase] =
        kinds(in: make) + kinds(in: describe) + otherOfKMS + ofGrants

    private static func kinds(in call: AskedCall) -> [KeyCase] {
        [
            key("KeySpec", "SYMMETRIC_DEFAULT", not: "RSA_2048", call),
            key("CustomerMasterKeySpec", "SYMMETRIC_DEFAULT", not: "RSA_2048", call),
            key("KeyUsage", "ENCRYPT_DECRYPT", not: "SIGN_VERIFY", call),
            key("CustomerMasterKeyUsage", "ENCRYPT_DECRYPT", not: "SIGN_VERIFY", call),
            key("KeyOrigin", "AWS_KMS", not: "EXTERNAL", call),
        ]
    }

    private static let otherOfKMS: [KeyCase] = [
        key("MultiRegion", by: "Bool", "true", not: "false", make),
        key("MultiRegion", by: "Bool", "false", not: "true", describe),
        key(
            "MultiRegionKeyType",
            "PRIMARY",
            not: "REPLICA",
            .service(.kms(.describeKey), ["KeyId": "alias/many"])
        ),
        key("BypassPolicyLockoutSafetyCheck", by: "Bool", "true", not: "false", make),
        key(
            "BypassPolicyLockoutSafetyCheck",
            by: "Bool",
            "true",
            not: "false",
            .service(
                .kms(.putKeyPolicy),
                [
                    "KeyId": "\(Furniture.keyID)", "Policy": "\(Furniture.keyPolicy)",
                    "BypassPolicyLockoutSafetyCheck": true,
                ]
            )
        ),
        key("CallerAccount", "000000000000", not: "1", describe),
        key("EncryptionAlgorithm", "SYMMETRIC_DEFAULT", not: "RSAES_OAEP_SHA_1", decrypt),
        key(
            "EncryptionContext:",
            named: "SecretARN",
            by: "StringLike",
            "*:secret:keyed-*",
            not: "*:secret:other-*",
            decrypt
        ),
        key(
            "EncryptionContextKeys",
            by: "ForAllValues:StringLike",
            "Secret*",
            not: "Other*",
            decrypt
        ),
        key("RequestAlias", "alias/ordinary", not: "alias/other", describe),
        key(
            "ResourceAliases",
            by: "ForAnyValue:StringEquals",
            "alias/ordinary",
            not: "alias/other",
            .service(.kms(.getKeyPolicy), ["KeyId": "\(Furniture.keyID)"])
        ),
        key(
            "RotationPeriodInDays",
            by: "NumericLessThanEquals",
            "180",
            not: "90",
            .service(
                .kms(.enableKeyRotation),
                ["KeyId": "\(Furniture.keyID)", "RotationPeriodInDays": 180]
            )
        ),
        key(
            "ScheduleKeyDeletionPendingWindowInDays",
            by: "NumericLessThan",
            "30",
            not: "7",
            .service(
                .kms(.scheduleKeyDeletion),
                ["KeyId": "\(Furniture.keyID)", "PendingWindowInDays": 7]
            )
        ),
        key(
            "ViaService",
            "secretsmanager.us-east-1.amazonaws.com",
            not: "s3.us-east-1.amazonaws.com",
            decrypt
        ),
    ]

    private static let administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
    private static let boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    private static let attach = AskedCall.service(
        .iam(.attachRolePolicy),
        ["RoleName": "ordinary", "PolicyArn": "\(Furniture.emptyPolicy)"]
    )

    private static let bounded: [AskedCall] = [
        attach,
        .service(
            .iam(.putUserPolicy),
            [
                "UserName": "ordinary", "PolicyName": "p",
                "PolicyDocument": "\(IAMDocument.read)",
            ]
        ),
        .service(.iam(.deleteUserPermissionsBoundary), ["UserName": "ordinary"]),
        .service(.iam(.createUser), ["UserName": "new", "PermissionsBoundary": "\(boundary)"]),
        .service(
            .iam(.putRolePermissionsBoundary),
            ["RoleName": "empty", "PermissionsBoundary": "\(boundary)"]
        ),
    ]

    private static let aboutTagged: [AskedCall] = [
        .service(.iam(.getUser), ["UserName": "ordinary"]),
        .service(.iam(.getRole), ["RoleName": "ordinary"]),
        .service(.iam(.listPolicyTags), ["PolicyArn": "\(Furniture.policy)"]),
        .service(.sts(.assumeRole), ["RoleArn": "\(Furniture.role)", "RoleSessionName": "se"]),
    ]

    static let ofIAM: [KeyCase] = policiesOfIAM + boundaries + resourceTags

    private static let boundaries: [KeyCase] = bounded.map { call in
        KeyCase("iam:PermissionsBoundary", "ArnEquals", boundary, not: administrator, call)
    }

    private static let resourceTags: [KeyCase] = aboutTagged.map { call in
        KeyCase("iam:ResourceTag/", named: "team", "StringEquals", "red", not: "blue", call)
    }

    private static let policiesOfIAM: [KeyCase] = [
        KeyCase(
            "iam:PassedToService",
            "StringEquals",
            "ecs-tasks.amazonaws.com",
            not: "ec2.amazonaws.com",
            .containers(.registerTaskDefinition, KeyCaseTests.definition, asking: "iam:PassRole")
        ),
        KeyCase("iam:PolicyARN", "ArnEquals", Furniture.emptyPolicy, not: administrator, attach),
    ]

    private static let assume = AskedCall.service(
        .sts(.assumeRole),
        [
            "RoleArn": "\(Furniture.role)", "RoleSessionName": "task", "ExternalId": "outside",
            "SourceIdentity": "mara", "Tags": [["Key": "team", "Value": "red"]],
            "TransitiveTagKeys": ["team"],
        ]
    )
    private static func token(
        _ row: String,
        _ operation: String,
        _ value: String,
        not other: String,
        _ claims: Claims = Claims()
    ) -> KeyCase {
        KeyCase(
            row,
            named: Claims.host,
            operation,
            value,
            not: other,
            AskedCall(permission: "sts:AssumeRoleWithWebIdentity") { vault, caller in
                vault.refusal(ofAssuming: KeyCaseTests.trustedRole, with: claims, by: caller)
            },
            by: .webIdentity(claims)
        )
    }

    static let ofSTS: [KeyCase] = [
        KeyCase("sts:ExternalId", "StringEquals", "outside", not: "inside", assume),
        KeyCase("sts:RoleSessionName", "StringLike", "ta*", not: "x*", assume),
        KeyCase("sts:SourceIdentity", "StringEquals", "mara", not: "liv", assume),
        KeyCase(
            "sts:TransitiveTagKeys",
            "ForAllValues:StringEquals",
            "team",
            not: "owner",
            assume
        ),
        token(":aud", "StringEquals", "sts.amazonaws.com", not: "others"),
        token(":sub", "StringLike", "repo:app/*", not: "repo:other/*"),
        token(
            ":amr",
            "ForAnyValue:StringEquals",
            "mfa",
            not: "pwd",
            Claims(methods: ["mfa", "sms"])
        ),
        token(":oaud", "StringEquals", "sts.amazonaws.com", not: "others", Claims(party: "client")),
        token(":aud", "StringEquals", "client", not: "sts.amazonaws.com", Claims(party: "client")),
    ]

    static let ofECS: [KeyCase] = [
        KeyCase(
            "ecs:capacity-provider",
            "ForAnyValue:StringEquals",
            "FARGATE",
            not: "FARGATE_SPOT",
            .containers(
                .createCluster,
                ["clusterName": "new", "capacityProviders": ["FARGATE", "own"]]
            )
        ),
        KeyCase(
            "ecs:compute-compatibility",
            "ForAllValues:StringEquals",
            "EC2",
            not: "FARGATE",
            .containers(.registerTaskDefinition, KeyCaseTests.definition)
        ),
    ]
}
