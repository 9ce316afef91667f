/// What a permission is needed for, with the policies that are attached to it.
struct ProtectedResource {
    /// The ARN that policies are compared with, or `*` when there is nothing in particular.
    let arn: String
    /// The account that owns it.
    let account: String
    /// What a refusal calls it; nil when it is not mentioned.
    let shownAs: String?
    var policies: [PolicyText] = []
    /// Whether its own policy must agree even to callers of its account.
    var needsOwnPolicy = false
    /// The secret that it is, for the condition keys.
    var secret: Secret?
}

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
        shownAs = secretID
        self.secret = secret
        if let secret {
            arn = secret.arn.text
            account = secret.arn.scope.account
            policies = try vault.resourcePolicyTexts(of: secret)
        } else if secretID.hasPrefix("arn:") {
            arn = secretID
            let parts = secretID.split(separator: ":", omittingEmptySubsequences: false)
            account = parts.count > 4 && !parts[4].isEmpty ? String(parts[4]) : caller.scope.account
        } else {
            // Without the suffix, for it has none: a pattern that ends in -?????? does not match.
            arn = ProtectedResource.secretARN(named: secretID, in: caller.scope)
            account = caller.scope.account
        }
    }

    /// A secret that is to be made: its suffix is not known yet, but will have six characters.
    init(newSecret name: String, _ caller: Caller) {
        arn = ProtectedResource.secretARN(named: "\(name)-AAAAAA", in: caller.scope)
        account = caller.scope.account
        shownAs = name
    }

    /// Something by its ARN; one without an account is the caller's, and so is what AWS keeps in
    /// every account.
    init(arn: String, _ caller: Caller) {
        self.arn = arn
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let owner = parts.count > 4 ? String(parts[4]) : ""
        account = owner.isEmpty || owner == "aws" ? caller.scope.account : owner
        shownAs = arn
    }

    /// Nothing in particular.
    init(nothingFor caller: Caller) {
        arn = "*"
        account = caller.scope.account
        shownAs = nil
    }

    /// A KMS key, whose policy must agree to whatever is done with it.
    init(_ key: KMSKey, _ vault: any VaultReading) throws(APIError) {
        arn = key.arn.text
        account = key.arn.scope.account
        shownAs = key.arn.text
        needsOwnPolicy = true
        policies = [.keyPolicy(try vault.policy(of: key))]
    }

    private static func secretARN(named name: String, in scope: Scope) -> String {
        let partition = SecretARN.partition(ofRegion: scope.region)
        return "arn:\(partition):secretsmanager:\(scope.region):\(scope.account):secret:\(name)"
    }
}
