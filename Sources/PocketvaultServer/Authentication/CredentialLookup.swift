internal import AWS
internal import Threads

/// Finds whose an access key is.
struct CredentialLookup: Sendable {
    private let vault: any Vault
    private let root: RootCredentials?
    private let rootAccount: String
    private let sessions = SessionCache()

    /// - Parameters:
    ///   - vault: where the keys are.
    ///   - root: a key that is not in the vault.
    ///   - rootAccount: the account whose root has that key.
    init(vault: any Vault, root: RootCredentials?, rootAccount: String) {
        self.vault = vault
        self.root = root
        self.rootAccount = rootAccount
    }

    /// What an access key stands for.
    struct Holder: Sendable {
        let account: String
        let identity: Identity
        let secretAccessKey: String
        /// When temporary credentials end; nil for those that do not.
        var expiresAt: Timestamp?
    }

    /// - Parameters:
    ///   - accessKeyID: as the credential scope has it.
    ///   - sessionToken: as it was sent; temporary credentials need theirs, others must have none.
    /// - Returns: nil when nobody has the key, it is inactive, or the token is not its own.
    /// - Throws: InternalServiceError.
    func holder(accessKeyID: String, sessionToken: String?) throws(APIError) -> Holder? {
        if sessionToken == nil, let root, accessKeyID == root.accessKeyID {
            return Holder(
                account: rootAccount,
                identity: .root,
                secretAccessKey: root.secretAccessKey
            )
        }
        let result: Result<Holder?, APIError>
        do {
            result = try vault.read { vault in
                Result { () throws(APIError) in
                    guard let sessionToken else { return try holder(accessKeyID, vault) }
                    return try holder(accessKeyID, sessionToken, vault)
                }
            }
        } catch {
            throw .internalServiceError(cause: error.description)
        }
        return try result.get()
    }

    /// Whether the vault made these credentials, whatever has become of them since.
    func knows(accessKeyID: String, sessionToken: String?) throws(APIError) -> Bool {
        let result: Result<Bool, APIError>
        do {
            result = try vault.read { vault in
                Result { () throws(APIError) in
                    guard let sessionToken else {
                        return try vault.credential(accessKeyID: accessKeyID) != nil
                    }
                    return try sessions.session(of: sessionToken, vault) != nil
                }
            }
        } catch {
            throw .internalServiceError(cause: error.description)
        }
        return try result.get()
    }

    private func holder(
        _ accessKeyID: String,
        _ vault: any VaultReading
    ) throws(APIError) -> Holder? {
        guard let credential = try vault.credential(accessKeyID: accessKeyID),
            credential.key.isActive
        else { return nil }
        return Holder(
            account: credential.key.account,
            identity: credential.owner.map { .user($0.principal, tags: $0.tags) } ?? .root,
            secretAccessKey: credential.secretAccessKey
        )
    }

    private func holder(
        _ accessKeyID: String,
        _ token: String,
        _ vault: any VaultReading
    ) throws(APIError) -> Holder? {
        guard let session = try sessions.session(of: token, vault),
            session.accessKeyID == accessKeyID,
            let identity = try vault.identity(of: session)
        else { return nil }
        return Holder(
            account: session.account,
            identity: identity,
            secretAccessKey: session.secretAccessKey,
            expiresAt: session.expiresAt
        )
    }
}

/// Sessions whose tokens were opened before: what is in a token never changes.
private final class SessionCache: Sendable {
    private static let limit = 256

    private let sessions = Locked<[String: Session]>([:])

    func session(of token: String, _ vault: any VaultReading) throws(APIError) -> Session? {
        if let session = sessions.withLock({ $0[token] }) { return session }
        guard let session = try vault.session(token: token) else { return nil }
        sessions.withLock { sessions in
            if sessions.count >= SessionCache.limit { sessions.removeAll() }
            sessions[token] = session
        }
        return session
    }
}
