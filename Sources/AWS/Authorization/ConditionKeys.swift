internal import AccessControl

/// The values of the condition keys of a request.
///
/// [Global keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html),
/// [those of Secrets Manager](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html)
struct ConditionKeys {
    private(set) var context = RequestContext()

    private mutating func set(_ key: String, _ value: String?) {
        guard let value else { return }
        context[key] = [value]
    }

    /// Who calls, from where and when.
    mutating func add(_ caller: Caller, at now: Timestamp) {
        set("aws:CurrentTime", CalendarTime.secondsText(of: now))
        set("aws:EpochTime", String(now.milliseconds / 1_000))
        set("aws:RequestedRegion", caller.scope.region)
        set("aws:SourceIp", caller.sourceAddress)
        set("aws:UserAgent", caller.userAgent)
        set("aws:SecureTransport", "false")
        set("aws:ViaAWSService", "false")
        set("aws:PrincipalIsAWSService", "false")
        set("aws:PrincipalAccount", caller.scope.account)
        set("kms:CallerAccount", caller.scope.account)
        switch caller.identity {
        case .root:
            set("aws:PrincipalArn", caller.principalARN)
            set("aws:PrincipalType", "Account")
            set("aws:userid", caller.scope.account)
        case .user(let user, let tags):
            set("aws:PrincipalArn", user.arn)
            set("aws:PrincipalType", "User")
            set("aws:userid", user.uniqueID)
            set("aws:username", user.name)
            add(tags, "aws:PrincipalTag/")
        case .roleSession(let session):
            // The role's: that is what policies are written for.
            set("aws:PrincipalArn", session.role.arn)
            set("aws:PrincipalType", "AssumedRole")
            set("aws:userid", session.uniqueID)
            set("aws:SourceIdentity", session.sourceIdentity)
            set("aws:TokenIssueTime", CalendarTime.secondsText(of: session.startedAt))
            set("aws:MultiFactorAuthPresent", "false")
            add(session.tags, "aws:PrincipalTag/")
        }
    }

    /// What the request itself says.
    mutating func add(_ permission: Permission) {
        for (key, values) in permission.conditionValues { context[key] = values }
    }

    /// What is acted on.
    mutating func add(
        _ resource: ProtectedResource,
        _ vault: any VaultReading
    ) throws(APIError) {
        set("aws:ResourceAccount", resource.account)
        guard let secret = resource.secret else { return }
        set("secretsmanager:SecretId", secret.arn.text)
        set("secretsmanager:SecretPrimaryRegion", secret.primaryRegion ?? secret.arn.scope.region)
        set("secretsmanager:resource/Type", secret.type)
        let rotation = try vault.rotationConfiguration(of: secret)
        set("secretsmanager:resource/AllowRotationLambdaArn", rotation?.lambdaARN)
        let tags = try vault.tags(of: secret)
        add(tags, "aws:ResourceTag/")
        add(tags, "secretsmanager:ResourceTag/")
    }

    /// The key that a request names for a secret, by its text and by the ARN of what it means.
    mutating func add(
        kmsKeyID: String,
        _ scope: Scope,
        _ vault: any VaultReading
    ) throws(APIError) {
        set("secretsmanager:KmsKeyId", kmsKeyID)
        switch try vault.keyChoice(kmsKeyID, in: scope) {
        case .key(let key): set("secretsmanager:KmsKeyArn", key.arn.text)
        case .managed:
            let alias = KeyARN.text(in: scope, resource: Secret.defaultKeyAlias)
            set("secretsmanager:KmsKeyArn", alias)
        case .unknown:
            let isARN = kmsKeyID.hasPrefix("arn:")
            let resource = kmsKeyID.hasPrefix(KeyAlias.prefix) ? kmsKeyID : "key/\(kmsKeyID)"
            set(
                "secretsmanager:KmsKeyArn",
                isARN ? kmsKeyID : KeyARN.text(in: scope, resource: resource)
            )
        }
    }

    private mutating func add(_ tags: [Tag], _ prefix: String) {
        for tag in tags { set(prefix + tag.key, tag.value) }
    }
}
