internal import Notation

/// The key that a KmsKeyId of a request names for a secret.
struct NamedKey: Sendable {
    private let key: KeyOfSecret

    init(_ kmsKeyID: String, of secret: SecretARN) {
        key = KeyOfSecret(of: secret, kmsKeyID: kmsKeyID, forVersion: KeyOfSecret.noVersion)
    }

    /// What is kept of it: the text as it was sent, but one alias for the AWS managed key.
    ///
    /// The caller must be able to seal and to open values with it, whether the request has one or
    /// not; the trail is told of both.
    ///
    /// - Throws: InvalidParameterException for a key that is not there or cannot be used,
    ///   AccessDeniedException for one that the caller may not use.
    func stored(by requester: Requester, in vault: any VaultReading) throws(APIError) -> String {
        try key.requireNotClosed(to: requester)
        for use in KeyUse.ofNamedKey { try require(use, requester, vault) }
        guard case .managed = try KeyChoice(key.kmsKeyID, in: key.secret.scope, vault) else {
            return key.kmsKeyID
        }
        return key.kmsKeyID.isEmpty ? "" : KeyAlias.ofSecretsManager
    }

    private func require(
        _ use: KeyUse,
        _ requester: Requester,
        _ vault: any VaultReading
    ) throws(APIError) {
        let call = KeyCall(use, try key.named(in: vault))
        if let answer = try key.refusal(of: [use], by: requester, in: vault) {
            throw .invalidKey(requester.note(call, refusedWith: answer))
        }
        // Nobody is asked about the default key when nothing names it.
        if !key.kmsKeyID.isEmpty { requester.note(call) }
    }

    /// What that needs permission for.
    func needs(for caller: Caller, in vault: any VaultReading) throws(APIError) -> [FurtherNeed] {
        try key.needs(KeyUse.ofNamedKey, for: caller, in: vault)
    }
}
