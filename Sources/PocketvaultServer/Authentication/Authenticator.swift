internal import AWS
internal import HTTPServer
internal import Notation
internal import SignatureV4

/// Tells from a request's credentials who calls and in which account and region.
///
/// An access key that the vault knows is its owner's. Where signatures are ignored, twelve digits are
/// the root of that account, and credentials that are missing, unknown or make no sense are the root
/// of the account and region that the server was given. Where they are verified, such requests are
/// refused.
struct Authenticator: Sendable {
    private let defaultScope: Scope
    /// Kept, because most calls come from there.
    private let defaultRoot: CallerPrincipal
    private let mode: SignatureMode
    private let lookup: CredentialLookup
    private let check: SignatureCheck
    private let mistakenAccounts: MistakenAccounts
    /// The vault's own time, by which most sessions end.
    private let now: @Sendable () -> Timestamp
    /// The machine's, by which those end that a program got for itself.
    private let machineNow: @Sendable () -> Timestamp

    init(
        defaultScope: Scope,
        mode: SignatureMode,
        lookup: CredentialLookup,
        check: SignatureCheck,
        mistakenAccounts: MistakenAccounts,
        now: @escaping @Sendable () -> Timestamp,
        machineNow: @escaping @Sendable () -> Timestamp
    ) {
        self.defaultScope = defaultScope
        defaultRoot = .root(of: defaultScope)
        self.mode = mode
        self.lookup = lookup
        self.check = check
        self.mistakenAccounts = mistakenAccounts
        self.now = now
        self.machineNow = machineNow
    }

    init(of vault: OpenVault) {
        self.init(
            defaultScope: vault.configuration.scope,
            mode: vault.configuration.signatures,
            lookup: CredentialLookup(
                vault: vault.vault,
                root: vault.configuration.rootCredentials,
                rootAccount: vault.configuration.account
            ),
            check: SignatureCheck(realTime: vault.machine.now),
            mistakenAccounts: MistakenAccounts(
                defaultAccount: vault.configuration.account,
                logger: vault.logger
            ),
            now: vault.clock.now,
            machineNow: vault.machine.now
        )
    }

    /// - Parameters:
    ///   - request: the request.
    ///   - service: as signatures name the service that it is for.
    ///   - requestID: the UUID of the answer.
    /// - Returns: as whom the request comes.
    /// - Throws: why the credentials are not accepted.
    func caller(
        _ request: HTTPRequest,
        for service: String,
        requestID: String
    ) throws(SignatureFailure) -> Caller {
        switch mode {
        case .ignore: try believed(request, requestID)
        case .verify: try verified(request, service, requestID)
        }
    }

    /// Whoever calls what nobody signs, by what is in the request.
    func unsignedCaller(
        _ request: HTTPRequest,
        requestID: String,
        _ identify: (Scope) -> UnsignedCaller
    ) -> Caller {
        let credentials = Authenticator.credentials(of: request).scope
        let region = credentials?.region ?? defaultScope.region
        let found = identify(Scope(account: defaultScope.account, region: region))
        return caller(request, found.scope, found.principal, nil, requestID)
    }

    // MARK: Without a look at the signature

    private func believed(
        _ request: HTTPRequest,
        _ requestID: String
    ) throws(SignatureFailure) -> Caller {
        let (scope, query) = Authenticator.credentials(of: request)
        guard let credentials = scope else {
            return caller(request, defaultScope, nil, nil, requestID)
        }
        let key = credentials.accessKeyID
        let isAccount = AccountID.isValid(key)
        var holder: CredentialLookup.Holder?
        if !isAccount {
            let token = request.headers["X-Amz-Security-Token"] ?? query?["X-Amz-Security-Token"]
            holder = try known(key, token, credentials.region)
            // A token that nobody knows is no worse than none.
            if holder == nil, token != nil { holder = try known(key, nil, credentials.region) }
            if holder == nil { mistakenAccounts.look(at: key) }
        }
        let account = isAccount ? key : holder?.account ?? defaultScope.account
        return caller(
            request,
            Scope(account: account, region: credentials.region),
            holder?.principal,
            key,
            requestID
        )
    }

    /// Credentials of this vault are what they are, without a signature too: those that were made
    /// inactive or have ended are refused.
    ///
    /// - Returns: nil for those that the vault knows nothing of.
    private func known(
        _ key: String,
        _ token: String?,
        _ region: String
    ) throws(SignatureFailure) -> CredentialLookup.Holder? {
        switch try find(key, token, region) {
        case .unknown: return nil
        case .closed: throw .unknownKey
        case .open(let holder):
            if hasEnded(holder) { throw .expiredToken }
            return holder
        }
    }

    private func hasEnded(_ holder: CredentialLookup.Holder) -> Bool {
        guard let end = holder.expiresAt else { return false }
        return end <= (holder.isTimedByMachine ? machineNow() : now())
    }

    /// The service that a request's credentials are scoped to, for the text of an error.
    static func claimedService(of request: HTTPRequest) -> String? {
        credentials(of: request).scope?.service
    }

    /// The credentials of the header, else those of a presigned query, and that query.
    private static func credentials(
        of request: HTTPRequest
    ) -> (scope: CredentialScope?, query: FormFields?) {
        // Read where it is: it is long, and three words of it are wanted.
        let authorization = request.headers.withValue(of: "Authorization") { value in
            CredentialScope(authorization: value)
        }
        if let authorization { return (authorization, nil) }
        guard let query = request.query, !query.isEmpty else { return (nil, nil) }
        let fields = FormFields(query.utf8)
        return (fields["X-Amz-Credential"].flatMap { CredentialScope(credential: $0) }, fields)
    }

    // MARK: With the signature

    private func verified(
        _ request: HTTPRequest,
        _ service: String,
        _ requestID: String
    ) throws(SignatureFailure) -> Caller {
        let signature = try SignatureReader.signature(of: request)
        try check.checkScope(of: signature, request, service: service)
        let (key, region) = (signature.credential.accessKeyID, signature.credential.region)
        guard case .open(let holder) = try find(key, signature.sessionToken, region) else {
            throw .unknownKey
        }
        try check.check(signature, of: request, secretAccessKey: holder.secretAccessKey)
        // Only to whoever has the secret: others learn nothing about the session.
        if hasEnded(holder) { throw .expiredToken }
        return caller(
            request,
            Scope(account: holder.account, region: region),
            holder.principal,
            key,
            requestID
        )
    }

    private func find(
        _ accessKeyID: String,
        _ token: String?,
        _ region: String
    ) throws(SignatureFailure) -> CredentialLookup.Finding {
        do {
            return try lookup.find(accessKeyID: accessKeyID, sessionToken: token, region: region)
        } catch {
            throw .vaultFailed(error)
        }
    }

    // MARK: Callers

    private func caller(
        _ request: HTTPRequest,
        _ scope: Scope,
        _ principal: CallerPrincipal?,
        _ accessKeyID: String?,
        _ requestID: String
    ) -> Caller {
        let principal =
            principal ?? (scope == defaultScope ? defaultRoot : CallerPrincipal.root(of: scope))
        return Caller(
            scope: scope,
            principal: principal,
            accessKeyID: accessKeyID,
            requestID: requestID,
            sourceAddress: request.peer,
            isEncrypted: request.isEncrypted,
            userAgent: request.headers["User-Agent"],
            referer: request.headers["Referer"],
            // The address of a picture is asked for with GET, by any page and without an Origin.
            mayOnlyRead: mode == .ignore && request.method != "POST"
        )
    }
}
