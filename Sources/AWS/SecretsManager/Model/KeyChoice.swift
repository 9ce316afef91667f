/// Which key a KmsKeyId stands for.
package enum KeyChoice: Sendable {
    /// The AWS managed key `aws/secretsmanager`.
    case managed
    /// A key that CreateKey made, in whatever state it is.
    case key(KMSKey)
    /// Nobody knows it.
    ///
    /// It is taken as it is until a key is made in that account and region: a test need not make
    /// the keys that its secrets name, but who makes keys wants to hear of a wrong name.
    case unknown(isRefused: Bool)
}

extension VaultReading {
    /// Finds the key that a KmsKeyId stands for.
    ///
    /// - Parameters:
    ///   - kmsKeyID: a key id, key ARN, alias name or alias ARN; empty for the AWS managed key.
    ///   - scope: the secret's own account and region; the key may be another account's, by ARN.
    /// - Returns: the key as it is now.
    /// - Throws: InternalServiceError.
    package func keyChoice(_ kmsKeyID: String, in scope: Scope) throws(APIError) -> KeyChoice {
        guard !Secret.isDefaultKey(kmsKeyID) else { return .managed }
        let address = try? KeyAddress(kmsKeyID, from: scope)
        if let address, address.scope.region == scope.region {
            if address == .alias(Secret.defaultKeyAlias, scope) { return .managed }
            if let key = try key(at: address) {
                guard key.isAWSManaged else { return .key(key) }
                // Another account's is for that account alone.
                return address.scope == scope ? .managed : .unknown(isRefused: true)
            }
        }
        if try hasKeys(in: scope) { return .unknown(isRefused: true) }
        guard let other = address?.scope, other != scope else { return .unknown(isRefused: false) }
        return .unknown(isRefused: try hasKeys(in: other))
    }

    /// What is kept of the KmsKeyId that a request names: the text as it was sent, but one alias
    /// for the AWS managed key.
    ///
    /// - Throws: AccessDeniedException for a key that is not there, EncryptionFailure for one that
    ///   was deleted.
    func storedKmsKeyID(_ sent: String, in scope: Scope) throws(APIError) -> String {
        switch try keyChoice(sent, in: scope) {
        case .managed: return sent.isEmpty ? sent : Secret.defaultKeyAlias
        case .key(let key):
            guard key.state != .deleted else { throw .encryptionFailure(under: key) }
            return sent
        case .unknown(let isRefused):
            guard !isRefused else { throw .accessToKMSNotAllowed }
            return sent
        }
    }
}

extension APIError {
    /// KMS refuses what Secrets Manager asks for its caller.
    package static let accessToKMSNotAllowed = APIError(
        .accessDenied,
        "Access to KMS is not allowed"
    )

    /// The key cannot be used as it is.
    package static func encryptionFailure(under key: KMSKey) -> APIError {
        .encryptionFailure(cause: "\(key.arn.text) is \(key.state.rawValue)")
    }

    /// Whether a key is the reason.
    var isAboutKey: Bool {
        code == .decryptionFailure || code == .encryptionFailure || self == .accessToKMSNotAllowed
    }
}
