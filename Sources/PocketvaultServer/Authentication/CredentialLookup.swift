internal import AWS
internal import Notation
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
        let principal: CallerPrincipal
        let secretAccessKey: String
        /// When temporary credentials end; nil for those that do not.
        var expiresAt: Timestamp?
        /// Whether that is a time of the machine, and not of the vault.
        var isTimedByMachine = false
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
    ///   - region: where the call is made: its partition is part of names.
    /// - Returns: what is known of them.
    /// - Throws: InternalServiceError.
    func find(
        accessKeyID: String,
        sessionToken: String?,
        region: String
    ) throws(APIError) -> Finding {
        if sessionToken == nil, let root, accessKeyID == root.accessKeyID {
            return .open(
                Holder(
                    account: rootAccount,
                    principal: .root(of: Scope(account: rootAccount, region: region)),
                    secretAccessKey: root.secretAccessKey
                )
            )
        }
        // Every call asks: not `reading`, which is generic over the answer.
        var finding = Finding.unknown
        var refusal: APIError?
        do throws(VaultFailure) {
            try vault.read { vault in
                // The body may run again, and what it said before does not count then.
                refusal = nil
                do throws(APIError) {
                    finding =
                        if let sessionToken {
                            try find(accessKeyID, sessionToken, region, vault)
                        } else {
                            try find(accessKeyID, region, vault)
                        }
                } catch {
                    refusal = error
                }
            }
        } catch {
            refusal = APIError(error)
        }
        if let refusal { throw refusal }
        return finding
    }

    private func find(
        _ accessKeyID: String,
        _ region: String,
        _ vault: any VaultReading
    ) throws(APIError) -> Finding {
        guard let credential = try vault.credential(accessKeyID: accessKeyID) else {
            return .unknown
        }
        guard credential.key.isActive else { return .closed }
        return .open(
            Holder(
                account: credential.key.account,
                principal: credential.owner.map { .user($0.principal, tags: $0.tags) }
                    ?? .root(of: Scope(account: credential.key.account, region: region)),
                secretAccessKey: credential.secretAccessKey
            )
        )
    }

    private func find(
        _ accessKeyID: String,
        _ token: String,
        _ region: String,
        _ vault: any VaultReading
    ) throws(APIError) -> Finding {
        guard let session = try sessions.session(of: token, vault) else { return .unknown }
        guard session.accessKeyID == accessKeyID,
            let principal = try CallerOfSession(session, in: region).principal(in: vault)
        else { return .closed }
        return .open(
            Holder(
                account: session.account,
                principal: principal,
                secretAccessKey: session.secretAccessKey,
                expiresAt: session.expiresAt,
                isTimedByMachine: session.isTimedByMachine
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
        guard let session = try SessionToken(token).session(in: vault) else { return nil }
        sessions.withLock { sessions in
            if sessions.count >= SessionCache.limit { sessions.removeAll() }
            sessions[token] = session
        }
        return session
    }
}
