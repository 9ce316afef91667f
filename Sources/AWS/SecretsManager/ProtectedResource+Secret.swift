internal import AccessControl
internal import Notation

extension ProtectedResource {
    /// A secret, one that is not there too: whoever may not ask does not learn which it is.
    ///
    /// - Parameters:
    ///   - secretID: as it was sent.
    ///   - secret: the secret, when there is one.
    ///   - caller: who asks.
    ///   - vault: the vault.
    /// - Throws: InternalServiceError.
    init(
        secretID: String,
        _ secret: Secret?,
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        guard let secret else {
            // Without the suffix, for it has none: a pattern that ends in -?????? does not match.
            let arn =
                ARN.isARN(secretID)
                ? secretID : SecretARN.text(named: secretID, in: caller.scope)
            self.init(arn: arn, shownAs: secretID, caller)
            pattern = SecretARN.patternOfMissingSuffix(arn)
            return
        }
        self.init(arn: secret.arn.text, shownAs: secretID, account: secret.arn.scope.account)
        policies = try vault.resourcePolicyTexts(of: secret)
        conditions = SecretConditions(secret: secret)
    }

    /// A secret that is to be made: its suffix is not known yet, but will have six characters.
    init(newSecret name: String, _ caller: Caller) {
        let arn = SecretARN.text(named: "\(name)-AAAAAA", in: caller.scope)
        self.init(arn: arn, shownAs: name, caller)
        pattern = SecretARN.patternOfAnySuffix(arn)
    }
}

/// The condition keys that tell about a secret.
///
/// [Those of Secrets Manager](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html)
private struct SecretConditions: ConditionSource {
    let secret: Secret

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        keys.set("secretsmanager:SecretId", secret.arn.text)
        let primaryRegion = secret.primaryRegion ?? secret.arn.scope.region
        keys.set("secretsmanager:SecretPrimaryRegion", primaryRegion)
        keys.set("secretsmanager:resource/Type", secret.type)
        let function = "secretsmanager:resource/AllowRotationLambdaArn"
        if keys.isSought(function) {
            keys.set(function, try vault.rotationConfiguration(of: secret)?.lambdaARN)
        }
        try keys.setTags(under: "aws:ResourceTag/", "secretsmanager:ResourceTag/") {
            () throws(APIError) in
            try vault.tags(of: secret)
        }
    }
}

/// The condition keys that tell about the key that a request names for a secret: its text, and the
/// ARN of what that means.
struct RequestedKeyConditions: ConditionSource {
    let kmsKeyID: String

    /// Nil for a request that names no key.
    init?(_ kmsKeyID: String?) {
        guard let kmsKeyID else { return nil }
        self.kmsKeyID = kmsKeyID
    }

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        keys.set("secretsmanager:KmsKeyId", kmsKeyID)
        guard keys.isSought("secretsmanager:KmsKeyArn") else { return }
        let scope = caller.scope
        let arn =
            switch try KeyChoice(kmsKeyID, in: scope, vault) {
            case .key(let key): key.arn.text
            case .managed: KeyARN.text(in: scope, resource: KeyAlias.ofSecretsManager)
            case .unknown: unknownARN(in: scope)
            }
        keys.set("secretsmanager:KmsKeyArn", arn)
    }

    private func unknownARN(in scope: Scope) -> String {
        if ARN.isARN(kmsKeyID) { return kmsKeyID }
        let isAlias = kmsKeyID.hasPrefix(KeyAlias.prefix)
        return KeyARN.text(in: scope, resource: isAlias ? kmsKeyID : "key/\(kmsKeyID)")
    }
}
