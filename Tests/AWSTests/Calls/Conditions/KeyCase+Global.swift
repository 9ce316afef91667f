import AWS
import JSON
import TestSupport

/// The keys of every service.
extension KeyCase {
    private static let list = AskedCall.secrets(.listSecrets)
    /// What opens a value under a key of the account's own, in the caller's name.
    private static let decrypt = AskedCall.secrets(
        .getSecretValue,
        ["SecretId": "keyed"],
        asking: "kms:Decrypt"
    )
    private static let assume = AskedCall(permission: "sts:AssumeRole") { vault, caller in
        vault.refusal(ofAssuming: KeyCaseTests.trustedRole, by: caller)
    }
    private static let ordinary: JSONValue = ["UserName": "ordinary"]

    static let callers: [KeyCase] = [
        KeyCase("aws:CurrentTime", "DateLessThan", "2026-01-16", not: "2026-01-14", list),
        KeyCase("aws:EpochTime", "DateLessThan", "1768557600", not: "1768384800", list),
        KeyCase(
            "aws:FederatedProvider",
            "StringEquals",
            Claims.provider,
            not: "accounts.google.com",
            list,
            by: .federated
        ),
        KeyCase(
            "aws:MultiFactorAuthPresent",
            "Bool",
            "false",
            not: "true",
            list,
            by: .session()
        ),
        KeyCase("aws:PrincipalAccount", "StringEquals", "000000000000", not: "1", list),
        KeyCase(
            "aws:PrincipalArn",
            "ArnLike",
            "arn:aws:iam::000000000000:user/caller-*",
            not: "arn:aws:iam::000000000000:role/*",
            list
        ),
        KeyCase(
            "aws:PrincipalTag/",
            named: "team",
            "StringEquals",
            "red",
            not: "blue",
            list,
            by: .user([AWS.Tag(key: "team", value: "red")])
        ),
        KeyCase("aws:PrincipalType", "StringEquals", "User", not: "AssumedRole", list),
        KeyCase(
            "aws:Referer",
            "StringLike",
            "https://a.test/*",
            not: "https://b.test/*",
            list,
            by: .userFrom(referer: "https://a.test/page")
        ),
        KeyCase("aws:RequestedRegion", "StringEquals", "us-east-1", not: "eu-west-1", list),
        KeyCase("aws:SecureTransport", "Bool", "true", not: "false", list),
        KeyCase(
            "aws:SourceIdentity",
            "StringEquals",
            "mara",
            not: "liv",
            list,
            by: .session(sourceIdentity: "mara")
        ),
        KeyCase("aws:SourceIp", "IpAddress", "127.0.0.0/8", not: "10.0.0.0/8", list),
        KeyCase(
            "aws:TokenIssueTime",
            "DateLessThan",
            "2026-01-16",
            not: "2026-01-14",
            list,
            by: .session()
        ),
        KeyCase("aws:UserAgent", "StringLike", "test*", not: "aws-cli*", list),
        KeyCase("aws:userid", "StringLike", "AIDA*", not: "AROA*", list),
        KeyCase("aws:username", "StringLike", "caller-*", not: "other-*", list),
    ]

    static let services: [KeyCase] = [
        KeyCase(
            "aws:CalledVia",
            "ForAnyValue:StringEquals",
            "secretsmanager.amazonaws.com",
            not: "athena.amazonaws.com",
            decrypt
        ),
        KeyCase(
            "aws:CalledViaFirst",
            "StringEquals",
            "secretsmanager.amazonaws.com",
            not: "athena.amazonaws.com",
            decrypt
        ),
        KeyCase(
            "aws:CalledViaLast",
            "StringEquals",
            "secretsmanager.amazonaws.com",
            not: "athena.amazonaws.com",
            decrypt
        ),
        KeyCase("aws:ViaAWSService", "Bool", "true", not: "false", decrypt),
        KeyCase("aws:ViaAWSService", "Bool", "false", not: "true", list),
        KeyCase("aws:PrincipalIsAWSService", "Bool", "false", not: "true", list),
        KeyCase("aws:PrincipalIsAWSService", "Bool", "true", not: "false", assume, by: .service),
        KeyCase(
            "aws:PrincipalServiceName",
            "StringEquals",
            "ecs-tasks.amazonaws.com",
            not: "ec2.amazonaws.com",
            assume,
            by: .service
        ),
        KeyCase(
            "aws:PrincipalServiceNamesList",
            "ForAnyValue:StringEquals",
            "ecs-tasks.amazonaws.com",
            not: "ec2.amazonaws.com",
            assume,
            by: .service
        ),
        KeyCase(
            "aws:SourceAccount",
            "StringEquals",
            "000000000000",
            not: "1",
            assume,
            by: .service
        ),
        KeyCase(
            "aws:SourceArn",
            "ArnLike",
            "arn:aws:ecs:*:000000000000:task/*",
            not: "arn:aws:ecs:*:111122223333:task/*",
            assume,
            by: .service
        ),
    ]

    /// C53: what is about every kind of resource.
    private static let aboutTagged: [AskedCall] = [
        .secrets(.describeSecret, ["SecretId": "tagged"]),
        .service(.kms(.getKeyPolicy), ["KeyId": "\(Furniture.keyID)"]),
        .service(.iam(.listUserPolicies), ordinary),
        .service(.iam(.listRolePolicies), ["RoleName": "ordinary"]),
        .service(.iam(.getPolicy), ["PolicyArn": "\(Furniture.policy)"]),
        .service(.sts(.assumeRole), ["RoleArn": "\(Furniture.role)", "RoleSessionName": "se"]),
        .containers(.registerTaskDefinition, KeyCaseTests.definition, asking: "iam:PassRole"),
    ]

    private static let red: JSONValue = [["Key": "team", "Value": "red"]]
    private static let redKey: JSONValue = [["TagKey": "team", "TagValue": "red"]]

    /// C53: what brings tags along.
    private static let tagging: [AskedCall] = [
        .secrets(.createSecret, ["Name": "new", "Tags": red]),
        .secrets(.tagResource, ["SecretId": "other", "Tags": red]),
        .service(.kms(.createKey), ["Tags": redKey]),
        .service(.kms(.tagResource), ["KeyId": "\(Furniture.keyID)", "Tags": redKey]),
        .service(.iam(.createUser), ["UserName": "new", "Tags": red]),
        .service(.iam(.tagPolicy), ["PolicyArn": "\(Furniture.policy)", "Tags": red]),
    ]

    static let tags: [KeyCase] = resourceTags + requestTags + tagKeys

    private static let resourceTags: [KeyCase] = aboutTagged.map { call in
        KeyCase("aws:ResourceTag/", named: "team", "StringEquals", "red", not: "blue", call)
    }

    private static let requestTags: [KeyCase] = tagging.map { call in
        KeyCase("aws:RequestTag/", named: "team", "StringEquals", "red", not: "blue", call)
    }

    private static let tagKeys: [KeyCase] =
        tagging.map { call in
            KeyCase("aws:TagKeys", "ForAllValues:StringEquals", "team", not: "owner", call)
        } + others

    private static let others: [KeyCase] = [
        KeyCase(
            "aws:TagKeys",
            "ForAnyValue:StringEquals",
            "team",
            not: "owner",
            .service(
                .kms(.untagResource),
                ["KeyId": "\(Furniture.keyID)", "TagKeys": ["team", "cost"]]
            )
        ),
        KeyCase(
            "aws:ResourceAccount",
            "StringEquals",
            "000000000000",
            not: "1",
            .secrets(.describeSecret, ["SecretId": "tagged"])
        ),
    ]
}
