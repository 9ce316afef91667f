internal import AccessControl
package import JSON
package import Notation

/// Gives whoever has a token of an identity provider temporary credentials of a role, if the role's
/// trust policy lets it.
///
/// [AssumeRoleWithWebIdentity](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html).
/// Providers need not be made: the ones that a trust policy names, with the audiences that it asks
/// for, are those of its account. Errors: AccessDenied, ExpiredTokenException, InvalidIdentityToken,
/// MalformedPolicyDocument.
package struct AssumeRoleWithWebIdentity: RoleSessionOperation {
    package static let action = STSAction.assumeRoleWithWebIdentity

    package let session: RequestedSession
    private let tokenText: String?
    private let providerID: String?

    package init(from members: inout Members) throws(APIError) {
        session = try RequestedSession(from: &members)
        tokenText = try members.sensitiveString("WebIdentityToken")
        providerID = try members.string("ProviderId")
    }

    /// The token is all that there is to say who calls.
    package static var unsignedCaller: (@Sendable (JSONObject, Scope) -> UnsignedCaller)? {
        { members, scope in CallerPrincipal.webIdentity(members, in: scope) }
    }

    package func permissions() -> [Permission] {
        var assume = ownPermission
        assume.set("sts:RoleSessionName", session.name)
        guard let token = try? WebIdentityToken(tokenText ?? "") else { return [assume] }
        let provider = token.providerName
        assume.set("\(provider):aud", token.audience)
        assume.set("\(provider):oaud", token.otherAudience)
        assume.set("\(provider):sub", token.subject)
        assume.set("\(provider):amr", all: token.authenticationMethods)
        assume.set("sts:SourceIdentity", token.sourceIdentity)
        for tag in token.tags { assume.set("aws:RequestTag/\(tag.key)", tag.value) }
        assume.set("aws:TagKeys", all: token.tags.map(\.key))
        assume.set("sts:TransitiveTagKeys", all: token.transitiveTagKeys)
        return assume.assuming(
            withTags: !token.tags.isEmpty,
            sourceIdentity: token.sourceIdentity
        )
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        session.constrain(&constraints)
        constraints.require(tokenText, at: "webIdentityToken")
        constraints.length(of: tokenText, 4...20_000, at: "webIdentityToken", .hidden)
        constraints.length(of: providerID, 4...2_048, at: "providerId")
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        var terms = try session.terms(call.caller, vault)
        let token = try WebIdentityToken(tokenText ?? "")
        guard call.tokenSignatures.accept(token.signed) else { throw .falseIdentityToken }
        guard call.now < token.expiresAt else {
            throw .identityTokenExpired(at: token.expiresAt, now: call.now)
        }
        guard let role = call.located else { throw .webIdentityNotAuthorized }
        let resource = try resource(role, for: call.caller, vault)
        let refusal = TrustInToken(role, token, call.caller).refusal
        for permission in permissions() {
            try call.authorization?.require(permission, on: resource, orThrow: refusal)
        }
        terms.federatedProvider = call.caller.principal.arn
        terms.sourceIdentity = token.sourceIdentity
        terms.tags = try TagRules.session.merge(token.tags, over: [])
        terms.transitiveTagKeys = token.transitiveTagKeys
        return Response(
            credentials: try session.credentials(of: role, terms, call, vault),
            user: AssumedRoleUser(role: role, sessionName: terms.name),
            token: token,
            provider: call.caller.principal.arn,
            packedPolicySize: session.policies.packedSize(
                with: token.tags.isEmpty ? nil : token.tags.map { ($0.key, $0.value) }
            )
        )
    }

    package struct Response: Sendable, JSONWritable {
        let credentials: SessionCredentials
        let user: AssumedRoleUser
        let token: WebIdentityToken
        let provider: String
        let packedPolicySize: Int64?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("AssumedRoleUser")
            user.write(to: &writer)
            writer.member("Audience", token.audience)
            writer.name("Credentials")
            credentials.write(to: &writer)
            if let packedPolicySize { writer.member("PackedPolicySize", packedPolicySize) }
            writer.member("Provider", provider)
            writer.member("SourceIdentity", token.sourceIdentity)
            writer.member("SubjectFromWebIdentityToken", token.subject)
            writer.endObject()
        }
    }
}

/// What a role's trust policy says about the provider and the audience of a token, which AWS would
/// know from the provider that somebody made in the account.
private struct TrustInToken {
    private let token: WebIdentityToken
    private let provider: String
    private let statements: [PolicyStatement]

    init(_ role: IAMPrincipal, _ token: WebIdentityToken, _ caller: Caller) {
        self.token = token
        provider = caller.principal.arn
        let policy = try? PolicyParser.parse(role.trustPolicy ?? "", as: .trust)
        statements = policy?.statements ?? []
    }

    /// What is told of a token that the trust policy does not let in.
    var refusal: APIError {
        let naming = statements.filter { statement in
            let named = statement.principals?.entries ?? []
            return named.contains(.federated(provider)) || named.contains(.everyone)
        }
        guard !naming.isEmpty else { return .noIdentityProvider(token.issuer) }
        let key = "\(token.providerName):aud"
        let tests = naming.filter { $0.effect == .allow }.flatMap(\.conditions).filter {
            $0.key.lowercased() == key.lowercased()
        }
        let context = RequestContext([key: [token.audience]])
        let isKnown = tests.isEmpty || tests.contains { $0.holds(in: context) }
        return isKnown ? .webIdentityNotAuthorized : .incorrectTokenAudience
    }
}
