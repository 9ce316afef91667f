internal import AWS
internal import HTTPServer

/// Tells from a request's credentials who calls and in which account and region.
///
/// An access key that the vault knows is its owner's. Where signatures are ignored, twelve digits are
/// the root of that account, and credentials that are missing, unknown or make no sense are the root
/// of the account and region that the server was given. Where they are verified, such requests are
/// refused.
struct Authenticator: Sendable {
    private let defaultScope: Scope
    /// Kept, because most calls come from there.
    private let defaultARN: String
    private let mode: SignatureMode
    private let lookup: CredentialLookup
    private let check: SignatureCheck
    /// The vault's own time, by which sessions end.
    private let now: @Sendable () -> Timestamp

    init(
        defaultScope: Scope,
        mode: SignatureMode,
        lookup: CredentialLookup,
        check: SignatureCheck,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.defaultScope = defaultScope
        defaultARN = Authenticator.rootARN(of: defaultScope)
        self.mode = mode
        self.lookup = lookup
        self.check = check
        self.now = now
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

    // MARK: Without a look at the signature

    private func believed(
        _ request: HTTPRequest,
        _ requestID: String
    ) throws(SignatureFailure) -> Caller {
        let query = Authenticator.presignedQuery(of: request)
        let credentials = Authenticator.credentials(of: request, query)
        guard let credentials else {
            return caller(request, defaultScope, .root, nil, requestID)
        }
        let key = credentials.accessKeyID
        let isAccount = AccountID.isValid(key)
        var holder: CredentialLookup.Holder?
        if !isAccount {
            let token = request.headers["X-Amz-Security-Token"] ?? query?["X-Amz-Security-Token"]
            holder = try known(key, token)
            // A token that nobody knows is no worse than none.
            if holder == nil, token != nil { holder = try known(key, nil) }
        }
        let account = isAccount ? key : holder?.account ?? defaultScope.account
        return caller(
            request,
            Scope(account: account, region: credentials.region),
            holder?.identity ?? .root,
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
        _ token: String?
    ) throws(SignatureFailure) -> CredentialLookup.Holder? {
        switch try find(key, token) {
        case .unknown: return nil
        case .closed: throw .unknownKey
        case .open(let holder):
            if let end = holder.expiresAt, end <= now() { throw .expiredToken }
            return holder
        }
    }

    /// The service that a request's credentials are scoped to, for the text of an error.
    static func claimedService(of request: HTTPRequest) -> String? {
        credentials(of: request, presignedQuery(of: request))?.service
    }

    /// The credentials of the header, else those of a presigned query.
    private static func credentials(
        of request: HTTPRequest,
        _ query: FormFields?
    ) -> CredentialScope? {
        if let authorization = request.headers["Authorization"] {
            return CredentialScope(authorization: authorization)
        }
        return query?["X-Amz-Credential"].flatMap { CredentialScope(credential: $0) }
    }

    private static func presignedQuery(of request: HTTPRequest) -> FormFields? {
        guard request.headers["Authorization"] == nil, let query = request.query, !query.isEmpty
        else { return nil }
        return FormFields(query.utf8)
    }

    // MARK: With the signature

    private func verified(
        _ request: HTTPRequest,
        _ service: String,
        _ requestID: String
    ) throws(SignatureFailure) -> Caller {
        let signature = try SignatureReader.signature(of: request)
        try check.checkScope(of: signature, request, service: service)
        let key = signature.credential.accessKeyID
        guard case .open(let holder) = try find(key, signature.sessionToken) else {
            throw .unknownKey
        }
        try check.check(signature, of: request, secretAccessKey: holder.secretAccessKey)
        // Only to whoever has the secret: others learn nothing about the session.
        if let end = holder.expiresAt, end <= now() { throw .expiredToken }
        return caller(
            request,
            Scope(account: holder.account, region: signature.credential.region),
            holder.identity,
            key,
            requestID
        )
    }

    private func find(
        _ accessKeyID: String,
        _ token: String?
    ) throws(SignatureFailure) -> CredentialLookup.Finding {
        do {
            return try lookup.find(accessKeyID: accessKeyID, sessionToken: token)
        } catch {
            throw .vaultFailed(error)
        }
    }

    // MARK: Callers

    private func caller(
        _ request: HTTPRequest,
        _ scope: Scope,
        _ identity: Identity,
        _ accessKeyID: String?,
        _ requestID: String
    ) -> Caller {
        let arn =
            if case .root = identity {
                scope == defaultScope ? defaultARN : Authenticator.rootARN(of: scope)
            } else {
                identity.arn(in: scope.account)
            }
        return Caller(
            scope: scope,
            principalARN: arn,
            identity: identity,
            accessKeyID: accessKeyID,
            requestID: requestID,
            sourceAddress: request.peer,
            userAgent: request.headers["User-Agent"]
        )
    }

    private static func rootARN(of scope: Scope) -> String {
        let partition =
            if scope.region.hasPrefix("cn-") {
                "aws-cn"
            } else if scope.region.hasPrefix("us-gov-") {
                "aws-us-gov"
            } else {
                "aws"
            }
        return "arn:\(partition):iam::\(scope.account):root"
    }
}
