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

    /// What the vault knows of an access key.
    enum Finding: Sendable {
        /// Nothing: neither the key nor the token was made here.
        case unknown
        /// It opens nothing: it is inactive, the token is another key's, or its holder is gone.
        case closed
        case open(Holder)
    }

    /// - Parameters:
    ///   - accessKeyID: as the credential scope has it.
    ///   - sessionToken: as it was sent; temporary credentials need theirs, others must have none.
    /// - Returns: what is known of them.
    /// - Throws: InternalServiceError.
    func find(accessKeyID: String, sessionToken: String?) throws(APIError) -> Finding {
        if sessionToken == nil, let root, accessKeyID == root.accessKeyID {
            return .open(
                Holder(
                    account: rootAccount,
                    identity: .root,
                    secretAccessKey: root.secretAccessKey
                )
            )
        }
        let result: Result<Finding, APIError>
        do {
            result = try vault.read { vault in
                Result { () throws(APIError) in
                    guard let sessionToken else { return try find(accessKeyID, vault) }
                    return try find(accessKeyID, sessionToken, vault)
                }
            }
        } catch {
            throw .internalServiceError(cause: error.description)
        }
        return try result.get()
    }

    private func find(
        _ accessKeyID: String,
        _ vault: any VaultReading
    ) throws(APIError) -> Finding {
        guard let credential = try vault.credential(accessKeyID: accessKeyID) else {
            return .unknown
        }
        guard credential.key.isActive else { return .closed }
        return .open(
            Holder(
                account: credential.key.account,
                identity: credential.owner.map { .user($0.principal, tags: $0.tags) } ?? .root,
                secretAccessKey: credential.secretAccessKey
            )
        )
    }

    private func find(
        _ accessKeyID: String,
        _ token: String,
        _ vault: any VaultReading
    ) throws(APIError) -> Finding {
        guard let session = try sessions.session(of: token, vault) else { return .unknown }
        guard session.accessKeyID == accessKeyID, let identity = try vault.identity(of: session)
        else { return .closed }
        return .open(
            Holder(
                account: session.account,
                identity: identity,
                secretAccessKey: session.secretAccessKey,
                expiresAt: session.expiresAt
            )
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
