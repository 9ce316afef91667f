/// One call while it is in its lane: when it is, who makes it, and the secret that it is about.
package struct Call {
    package let caller: Caller
    /// Read once, so that every date of the call agrees.
    package let now: Timestamp
    /// The secret that the SecretId names; nil when there is none.
    package let located: Secret?
    /// For suffixes and passwords; keys and nonces come from elsewhere.
    package let randomness: Randomness
    let rotationFunctions: RotationFunctions
    /// Nil when nobody needs permission.
    let authorization: CallAuthorization?

    /// The secret that the SecretId names, or ResourceNotFoundException.
    var secret: Secret {
        get throws(APIError) {
            guard let located else { throw .secretNotFound }
            return located
        }
    }
}

/// The random numbers of identifiers and passwords, from a source that tests can seed.
package struct Randomness: RandomNumberGenerator, Sendable {
    private let word: @Sendable () -> UInt64

    /// - Parameter word: gives 64 random bits a call, from any thread.
    package init(word: @escaping @Sendable () -> UInt64) {
        self.word = word
    }

    package func next() -> UInt64 { word() }
}

extension Call {
    /// Refuses when the caller may not have the secret's key used for it: the one place to ask.
    ///
    /// A value under the default key is closed to callers from other accounts, whatever policies
    /// say; within the account whoever may use the secret may use that key.
    func checkKey(
        of secret: Secret,
        for uses: KeyUse...,
        in vault: any VaultReading
    ) throws(APIError) {
        guard secret.arn.scope.account == caller.scope.account || !secret.usesDefaultKey else {
            throw .defaultKeyAcrossAccounts
        }
        guard let authorization,
            case .key(let key) = try vault.keyChoice(secret.kmsKeyID, in: secret.arn.scope)
        else { return }
        let resource = try ProtectedResource(key, vault)
        for use in uses {
            try authorization.require(
                .useKey(of: secret, to: use),
                on: resource,
                orThrow: .accessToKMSNotAllowed
            )
        }
    }
}
