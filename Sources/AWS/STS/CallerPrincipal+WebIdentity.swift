internal import JSON
internal import Notation

/// Whoever has a token of an identity provider, as a caller.
extension CallerPrincipal {
    /// The providers that AWS knows by their names, so that no account must have them.
    private static let knownProviders: Set<String> = [
        "accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com",
        "www.amazon.com",
    ]

    /// What policies call an identity provider in an account: its name, or its ARN there.
    static func provider(named name: String, partition: String, account: String) -> String {
        guard !knownProviders.contains(name) else { return name }
        return ARN(
            global: IAM.signingName,
            partition: partition,
            account: account,
            "oidc-provider/\(name)"
        ).text
    }

    /// Whoever would assume a role with a token, in the role's account: the token is not looked at
    /// but for whom it names.
    static func webIdentity(_ members: JSONObject, in scope: Scope) -> UnsignedCaller {
        func text(_ name: String) -> String {
            if case .string(let text)? = members[name] { text } else { "" }
        }
        let role = ARN(text("RoleArn"))
        let account = role.map(\.account).flatMap { AccountID.isValid($0) ? $0 : nil }
        let scope = Scope(account: account ?? scope.account, region: scope.region)
        let token = try? WebIdentityToken(text("WebIdentityToken"))
        let provider = CallerPrincipal.provider(
            named: token?.providerName ?? "unknown",
            partition: role?.partition ?? scope.partition,
            account: scope.account
        )
        return UnsignedCaller(
            scope: scope,
            principal: CallerPrincipal(
                .webIdentity,
                arn: provider,
                holderARN: provider,
                holderUniqueID: token.map { "\(provider):\($0.audience):\($0.subject)" }
            )
        )
    }
}
