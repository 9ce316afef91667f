internal import Notation

/// A KMS key that a value of a secret is under or shall be under, and whether somebody may have it
/// used.
///
/// [Encryption and decryption](https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html)
struct KeyOfSecret: Sendable {
    /// Whose values: it is part of the encryption context, as the version is.
    let secret: SecretARN
    let versionID: String
    /// As the secret or a version has it.
    let kmsKeyID: String

    /// What stands for a version when a key is looked at before there is one.
    static let noVersion = "RequestToValidateKeyAccess"

    init(of secret: SecretARN, kmsKeyID: String, forVersion versionID: String) {
        self.secret = secret
        self.versionID = versionID
        self.kmsKeyID = kmsKeyID
    }

    /// The secret's present key.
    init(presentOf secret: Secret, forVersion versionID: String) {
        self.init(of: secret.arn, kmsKeyID: secret.kmsKeyID, forVersion: versionID)
    }

    /// The key that the value of a version was first sealed under, or the present one when there is
    /// no such version.
    init(
        sealing versionID: String?,
        of secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) {
        let versionID = versionID ?? KeyOfSecret.noVersion
        let version = try vault.version(.id(versionID), of: secret)
        let kmsKeyID = version?.keys.first?.kmsKeyID ?? secret.kmsKeyID
        self.init(of: secret.arn, kmsKeyID: kmsKeyID, forVersion: versionID)
    }

    /// The same by the ARN of the key that it stands for now.
    func named(in vault: any VaultReading) throws(APIError) -> KeyOfSecret {
        guard case .key(let key) = try KeyChoice(kmsKeyID, in: secret.scope, vault) else {
            return self
        }
        return KeyOfSecret(of: secret, kmsKeyID: key.arn.text, forVersion: versionID)
    }

    /// Refuses callers from other accounts what is under the default key, whatever policies say;
    /// within the account whoever may use the secret may use that key.
    ///
    /// - Throws: InvalidRequestException.
    func requireNotClosed(to requester: Requester) throws(APIError) {
        guard !isClosed(to: requester) else { throw .defaultKeyAcrossAccounts }
    }

    func isClosed(to requester: Requester) -> Bool {
        Secret.isDefaultKey(kmsKeyID) && requester.isForeign(to: secret.scope.account)
    }

    /// What KMS answers instead of using the key for somebody: that it is not there, or else not
    /// theirs to use, or else not in a state to be used.
    ///
    /// - Returns: an error of KMS, with a missing permission noted for the audit trail; nil when the
    ///   key can be used.
    /// - Throws: InternalServiceError.
    func refusal(
        of uses: [KeyUse],
        by requester: Requester,
        in vault: any VaultReading
    ) throws(APIError) -> APIError? {
        switch try KeyChoice(kmsKeyID, in: secret.scope, vault) {
        case .managed: return try missingPermission(for: uses, requester, vault)
        case .unknown(let refusal): return refusal
        case .key(let key) where key.state == .deleted: return key.refusalOfUse
        case .key(let key):
            return try missingPermission(for: uses, requester, vault) ?? key.refusalOfUse
        }
    }

    private func missingPermission(
        for uses: [KeyUse],
        _ requester: Requester,
        _ vault: any VaultReading
    ) throws(APIError) -> APIError? {
        guard let authorization = requester.authorization, let caller = requester.caller else {
            return nil
        }
        for need in try needs(uses, for: caller, in: vault) {
            if let refusal = try authorization.refusal(of: need.permission, on: need.resource) {
                return refusal
            }
        }
        return nil
    }

    /// What the uses need permission for; nothing under the default key of the caller's account, or
    /// under one that is not there.
    func needs(
        _ uses: [KeyUse],
        for caller: Caller,
        in vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        let resource: ProtectedResource
        switch try KeyChoice(kmsKeyID, in: secret.scope, vault) {
        case .key(let key): resource = try ProtectedResource(key, vault)
        case .managed where secret.scope.account != caller.scope.account:
            resource = try ProtectedResource(managedKeyIn: secret.scope, vault)
        case .managed, .unknown: return []
        }
        return uses.map { use in
            FurtherNeed(
                permission: .useKey(of: secret, forVersion: versionID, to: use),
                resource: resource
            )
        }
    }
}
