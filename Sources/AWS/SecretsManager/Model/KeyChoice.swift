package import Notation

/// Which key a KmsKeyId stands for.
package enum KeyChoice: Sendable {
    /// The AWS managed key `aws/secretsmanager`.
    case managed
    /// A key that CreateKey made, in whatever state it is.
    case key(KMSKey)
    /// Nobody knows it; what KMS answers, or nil where it is taken as it is.
    ///
    /// It is taken as it is until a key is made in that account and region: a test need not make
    /// the keys that its secrets name, but who makes keys wants to hear of a wrong name.
    case unknown(refusal: APIError?)
}

extension KeyChoice {
    /// Finds the key that a KmsKeyId stands for.
    ///
    /// - Parameters:
    ///   - kmsKeyID: a key id, key ARN, alias name or alias ARN; empty for the AWS managed key.
    ///   - scope: the secret's own account and region; the key may be another account's, by ARN.
    ///   - vault: where keys are.
    /// - Throws: InternalServiceError.
    package init(_ kmsKeyID: String, in scope: Scope, _ vault: any VaultReading) throws(APIError) {
        self = try KeyChoice.find(kmsKeyID, in: scope, vault)
    }

    private static func find(
        _ kmsKeyID: String,
        in scope: Scope,
        _ vault: any VaultReading
    ) throws(APIError) -> KeyChoice {
        guard !Secret.isDefaultKey(kmsKeyID) else { return .managed }
        let address = try? KeyAddress(kmsKeyID, from: scope)
        if let address, address.scope.region == scope.region {
            if address == .alias(KeyAlias.ofSecretsManager, scope) { return .managed }
            if let key = try vault.key(at: address) {
                guard key.isAWSManaged else { return .key(key) }
                // Another account's is for that account alone.
                guard address.scope != scope else { return .managed }
                return .unknown(refusal: .accessToKMSNotAllowed)
            }
        }
        guard try isStrict(in: scope, address?.scope, vault) else { return .unknown(refusal: nil) }
        do throws(APIError) {
            return .key(
                try KeyReference(keyID: kmsKeyID, takesAliases: true).check(nil, from: scope)
            )
        } catch {
            return .unknown(refusal: error)
        }
    }

    /// Whether unknown keys are refused: once a key was made where the secret is, or where the key
    /// would be.
    private static func isStrict(
        in scope: Scope,
        _ other: Scope?,
        _ vault: any VaultReading
    ) throws(APIError) -> Bool {
        if try vault.hasKeys(in: scope) { return true }
        guard let other, other != scope else { return false }
        return try vault.hasKeys(in: other)
    }
}
