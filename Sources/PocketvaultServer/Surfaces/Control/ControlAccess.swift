internal import AWS
internal import HTTPServer
internal import Notation

/// Who may ask for what concerns an account, or the vault, as a whole.
///
/// Where signatures are ignored that is everybody, who could read each value as well. Where they are
/// verified it is the root of the account, for one account, and the root of the server's own account
/// for the vault: a request is then signed as one to Secrets Manager is.
struct ControlAccess: Sendable {
    private let authenticator: Authenticator
    private let mode: SignatureMode
    private let serverAccount: String

    init(of vault: OpenVault, _ authenticator: Authenticator) {
        self.authenticator = authenticator
        mode = vault.configuration.signatures
        serverAccount = vault.configuration.account
    }

    /// The account that a request is about: the caller's own, unless it names one.
    ///
    /// - Throws: a refusal of whoever is not its root.
    func account(
        of request: HTTPRequest,
        named wanted: String?
    ) throws(ControlOrder.Refusal) -> String {
        if let wanted, !AccountID.isValid(wanted) {
            throw ControlOrder.Refusal("An account is a string of twelve digits.")
        }
        if mode == .ignore, let wanted { return wanted }
        let caller = try caller(of: request)
        let account = wanted ?? caller.scope.account
        try requireRoot(of: account, caller)
        return account
    }

    /// Whoever asks for what concerns one account may be its root, or that of the server's own
    /// account.
    ///
    /// - Parameters:
    ///   - request: who asks.
    ///   - account: nil for the vault as a whole.
    /// - Throws: a refusal of everybody else.
    func requireOwner(
        _ request: HTTPRequest,
        orRootOf account: String?
    ) throws(ControlOrder.Refusal) {
        guard mode == .verify else { return }
        let caller = try caller(of: request)
        guard let account, caller.scope.account == account else {
            return try requireRoot(of: serverAccount, caller)
        }
        try requireRoot(of: account, caller)
    }

    /// - Throws: a refusal of whoever is not the root of the server's own account.
    func requireOwner(_ request: HTTPRequest) throws(ControlOrder.Refusal) {
        guard mode == .verify else { return }
        try requireRoot(of: serverAccount, try caller(of: request))
    }

    private func requireRoot(of account: String, _ caller: Caller) throws(ControlOrder.Refusal) {
        guard mode == .verify else { return }
        guard caller.principal.kind == .root, caller.scope.account == account else {
            throw ControlOrder.Refusal(
                "Only the root of account \(account) may ask for this.",
                status: 403,
                code: "AccessDenied"
            )
        }
    }

    /// Who sent a request.
    ///
    /// - Throws: a refusal of credentials that are not accepted.
    func caller(of request: HTTPRequest) throws(ControlOrder.Refusal) -> Caller {
        do {
            return try authenticator.caller(
                request,
                for: SecretsManager.signingName,
                requestID: RequestID.make()
            )
        } catch {
            let refusal = error.jsonError
            throw ControlOrder.Refusal(
                refusal.message ?? "The request must be signed.",
                status: 403,
                code: refusal.code.rawValue,
                cause: refusal.cause
            )
        }
    }
}
