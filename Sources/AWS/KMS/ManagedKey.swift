internal import Notation

/// The key behind `alias/aws/secretsmanager`, which AWS makes when it is first used.
struct ManagedKey: Sendable {
    private let scope: Scope

    init(of scope: Scope) {
        self.scope = scope
    }

    /// The key, made now unless it is there.
    @discardableResult
    func made<Subject>(
        for call: Call<Subject>,
        in vault: any VaultWriting
    ) throws(APIError) -> KMSKey {
        let address = KeyAddress.alias(KeyAlias.ofSecretsManager, scope)
        if let key = try vault.key(at: address) { return key }
        let key = try vault.insert(
            NewKey(
                arn: KeyARN(scope: scope, keyID: call.randomness.uuid()),
                description:
                    "Default key that protects my Secrets Manager data when no other key is"
                    + " defined",
                policy: KeyPolicy.ofManagedKey(in: scope),
                isAWSManaged: true,
                createdAt: call.now,
                rotation: KeyRotation(
                    periodInDays: KeyRotation.defaultPeriodInDays,
                    enabledAt: call.now
                )
            )
        )
        let alias = KeyAlias(
            name: KeyAlias.ofSecretsManager,
            scope: scope,
            targetKeyID: key.arn.keyID,
            createdAt: call.now,
            updatedAt: call.now
        )
        try vault.setAlias(alias, of: key)
        return key
    }
}
