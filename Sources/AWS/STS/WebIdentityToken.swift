internal import JSON
internal import Notation

/// A token of an identity provider: who somebody is, to whom that is told, and until when.
///
/// [ID Token](https://openid.net/specs/openid-connect-core-1_0.html#IDToken),
/// [JSON Web Token](https://www.rfc-editor.org/rfc/rfc7519)
struct WebIdentityToken: Sendable {
    /// The provider's address, as in `https://token.actions.githubusercontent.com`.
    let issuer: String
    let subject: String
    /// Whom it is meant for; of several, the one that it was given to.
    let audience: String
    /// What stands as the audience when somebody else was given it.
    let otherAudience: String?
    /// How the provider made sure who it is.
    let authenticationMethods: [String]
    let expiresAt: Timestamp
    let sourceIdentity: String?
    let tags: [Tag]
    let transitiveTagKeys: [String]
    /// What its signature is of.
    let signed: TokenSignatures.SignedText

    /// Reads a token.
    ///
    /// - Throws: InvalidIdentityToken for what is none, or lacks a claim.
    init(_ text: String) throws(APIError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]),
            let claims = Self.object(parts[1]),
            let signature = Base64.decode(urlText: parts[2]),
            let algorithm = header.claim("alg")
        else { throw .notAToken }
        signed = TokenSignatures.SignedText(
            algorithm: algorithm,
            keyID: header.claim("kid"),
            text: Array("\(parts[0]).\(parts[1])".utf8),
            signature: signature
        )
        issuer = try claims.required("iss")
        subject = try claims.required("sub")
        guard let audience = claims.claims("aud").first else { throw .identityTokenLacks("aud") }
        let authorizedParty = claims.claim("azp")
        self.audience = authorizedParty ?? audience
        otherAudience = authorizedParty == nil ? nil : audience
        authenticationMethods = claims.claims("amr")
        guard case .number(let seconds)? = claims["exp"], let end = seconds.truncated,
            (0..<1_000_000_000_000).contains(end)
        else { throw .identityTokenLacks("exp") }
        expiresAt = Timestamp(milliseconds: end * 1_000)
        sourceIdentity = claims.claim("https://aws.amazon.com/source_identity")
        (tags, transitiveTagKeys) = Self.tags(in: claims)
    }

    /// The provider's address as ARNs and condition keys have it: without the scheme.
    var providerName: String {
        for scheme in ["https://", "http://"] where issuer.hasPrefix(scheme) {
            return String(issuer.dropFirst(scheme.count))
        }
        return issuer
    }

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64.decode(urlText: part),
            case .object(let object)? = try? JSONParser.parse(bytes)
        else { return nil }
        return object
    }

    /// The session tags that a provider puts into a token.
    ///
    /// [Session tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp)
    private static func tags(in claims: JSONObject) -> (tags: [Tag], transitiveKeys: [String]) {
        guard case .object(let all)? = claims["https://aws.amazon.com/tags"],
            case .object(let tags)? = all["principal_tags"]
        else { return ([], []) }
        let read = tags.members.compactMap { member in
            tags.claims(member.name).first.map { Tag(key: member.name, value: $0) }
        }
        return (read, all.claims("transitive_tag_keys"))
    }
}

extension JSONObject {
    /// A member that is a text.
    fileprivate func claim(_ name: String) -> String? {
        if case .string(let text)? = self[name], !text.isEmpty { text } else { nil }
    }

    /// A claim that there must be.
    fileprivate func required(_ claim: String) throws(APIError) -> String {
        guard let text = self.claim(claim) else { throw .identityTokenLacks(claim) }
        return text
    }

    /// A member that is one text or several.
    fileprivate func claims(_ name: String) -> [String] {
        switch self[name] {
        case .string(let text): [text]
        case .array(let values):
            values.compactMap { if case .string(let text) = $0 { text } else { nil } }
        default: []
        }
    }
}
