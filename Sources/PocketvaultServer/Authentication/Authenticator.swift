internal import AWS
internal import HTTPServer

/// Tells from a request's credentials who calls and in which account and region.
///
/// Signatures are not looked at: whoever reaches the server may use it. Credentials that are
/// missing or make no sense are the root of the account and region that the server was given.
struct Authenticator: Sendable {
    private let defaultScope: Scope
    /// Kept, because most calls come from there.
    private let defaultARN: String

    init(defaultScope: Scope) {
        self.defaultScope = defaultScope
        defaultARN = Authenticator.rootARN(of: defaultScope)
    }

    func caller(
        _ request: HTTPRequest,
        _ credentials: CredentialScope?,
        requestID: String
    ) -> Caller {
        let scope = credentials.map(scope) ?? defaultScope
        return Caller(
            scope: scope,
            principalARN: scope == defaultScope ? defaultARN : Authenticator.rootARN(of: scope),
            accessKeyID: credentials?.accessKeyID,
            requestID: requestID,
            sourceAddress: request.peer,
            userAgent: request.headers["User-Agent"]
        )
    }

    /// The credentials of the header, else those of a presigned query.
    static func credentials(of request: HTTPRequest) -> CredentialScope? {
        if let authorization = request.headers["Authorization"] {
            return CredentialScope(authorization: authorization)
        }
        guard let query = request.query, !query.isEmpty else { return nil }
        return FormFields(query.utf8)["X-Amz-Credential"].flatMap {
            CredentialScope(credential: $0)
        }
    }

    /// An access key id of twelve digits is the account.
    private func scope(of credentials: CredentialScope) -> Scope {
        let key = credentials.accessKeyID
        return Scope(
            account: AccountID.isValid(key) ? key : defaultScope.account,
            region: credentials.region
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
