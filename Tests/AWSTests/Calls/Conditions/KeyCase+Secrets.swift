import AWS
import JSON
import TestSupport

/// The keys of Secrets Manager.
extension KeyCase {
    private static func secret(
        _ name: String,
        named suffix: String = "",
        by operation: String = "StringEquals",
        _ value: String,
        not other: String,
        _ action: SecretsManagerAction,
        _ members: JSONValue
    ) -> KeyCase {
        KeyCase(
            "secretsmanager:\(name)",
            named: suffix,
            operation,
            value,
            not: other,
            .secrets(action, members)
        )
    }

    private static let made: JSONValue = [
        "Name": "new", "Description": "d", "Type": "SnowflakePat", "KmsKeyId": "alias/ordinary",
        "AddReplicaRegions": [["Region": "eu-west-1"]], "ForceOverwriteReplicaSecret": true,
    ]
    private static let rotated: JSONValue = [
        "SecretId": "other", "RotationLambdaARN": "\(ScratchVault.function)",
        "RotationRules": ["AutomaticallyAfterDays": 7], "RotateImmediately": false,
        "ExternalSecretRotationRoleArn": "\(ScratchVault.role)",
    ]

    static let ofSecrets: [KeyCase] = [
        secret(
            "AddReplicaRegions",
            by: "ForAllValues:StringEquals",
            "eu-west-1",
            not: "eu-west-2",
            .createSecret,
            made
        ),
        secret(
            "BlockPublicPolicy",
            by: "Bool",
            "true",
            not: "false",
            .putResourcePolicy,
            [
                "SecretId": "other", "ResourcePolicy": "\(Policies.narrow)",
                "BlockPublicPolicy": true,
            ]
        ),
        secret("Description", "d", not: "e", .createSecret, made),
        secret(
            "Description",
            "d",
            not: "e",
            .updateSecret,
            ["SecretId": "other", "Description": "d"]
        ),
        secret(
            "ExternalSecretRotationRoleArn",
            by: "ArnEquals",
            ScratchVault.role,
            not: ScratchVault.function,
            .rotateSecret,
            rotated
        ),
        secret(
            "ForceDeleteWithoutRecovery",
            by: "Bool",
            "true",
            not: "false",
            .deleteSecret,
            ["SecretId": "other", "ForceDeleteWithoutRecovery": true]
        ),
        secret(
            "ForceOverwriteReplicaSecret",
            by: "Bool",
            "true",
            not: "false",
            .createSecret,
            made
        ),
        secret(
            "KmsKeyArn",
            by: "ArnEquals",
            Furniture.key,
            not: Furniture.alias,
            .createSecret,
            made
        ),
        secret("KmsKeyId", "alias/ordinary", not: Furniture.keyID, .createSecret, made),
        secret("ModifyRotationRules", by: "Bool", "true", not: "false", .rotateSecret, rotated),
        secret("Name", "new", not: "old", .createSecret, made),
        secret(
            "RecoveryWindowInDays",
            by: "NumericLessThan",
            "8",
            not: "7",
            .deleteSecret,
            ["SecretId": "other", "RecoveryWindowInDays": 7]
        ),
        secret("RotateImmediately", by: "Bool", "false", not: "true", .rotateSecret, rotated),
        secret(
            "RotationLambdaARN",
            by: "ArnEquals",
            ScratchVault.function,
            not: ScratchVault.role,
            .rotateSecret,
            rotated
        ),
        secret("Type", "SnowflakePat", not: "PaddleApiKey", .createSecret, made),
        secret(
            "VersionId",
            KeyCaseTests.version,
            not: "another-version-of-the-secret-00",
            .getSecretValue,
            ["SecretId": "tagged", "VersionId": "\(KeyCaseTests.version)"]
        ),
        secret(
            "VersionStage",
            "AWSCURRENT",
            not: "AWSPREVIOUS",
            .getSecretValue,
            ["SecretId": "tagged", "VersionStage": "AWSCURRENT"]
        ),
        secret(
            "resource/AllowRotationLambdaArn",
            by: "ArnEquals",
            ScratchVault.function,
            not: ScratchVault.role,
            .describeSecret,
            ["SecretId": "rotated"]
        ),
        secret(
            "resource/Type",
            "SnowflakePat",
            not: "PaddleApiKey",
            .describeSecret,
            ["SecretId": "partner"]
        ),
        secret(
            "ResourceTag/",
            named: "team",
            "red",
            not: "blue",
            .describeSecret,
            ["SecretId": "tagged"]
        ),
        secret(
            "SecretId",
            by: "ArnLike",
            "arn:aws:secretsmanager:*:*:secret:tagged-??????",
            not: "arn:aws:secretsmanager:*:*:secret:other-??????",
            .describeSecret,
            ["SecretId": "tagged"]
        ),
        secret(
            "SecretPrimaryRegion",
            "us-east-1",
            not: "eu-west-1",
            .describeSecret,
            ["SecretId": "tagged"]
        ),
    ]
}
