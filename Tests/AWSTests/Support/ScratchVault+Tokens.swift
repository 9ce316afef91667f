import AWS
import JSON
import Notation
import TestSupport

/// What a token of an identity provider says.
struct Claims: Sendable {
    static let host = "token.idp.test"
    static let provider = "arn:aws:iam::000000000000:oidc-provider/\(host)"

    var issuer = "https://\(host)"
    var audience = "sts.amazonaws.com"
    var subject = "repo:app/web:ref:main"
    /// Who was given the token, when that is not its audience.
    var party: String?
    var methods: [String] = []
    /// Seconds since the epoch: an hour after the tests' clock begins.
    var expires: Int64 = 1_768_474_800
    var others: [(name: String, value: JSONValue)] = []

    /// The token, whose signature is none.
    var token: String {
        var claims: [(name: String, value: JSONValue)] = [
            ("iss", .string(issuer)), ("aud", .string(audience)), ("sub", .string(subject)),
            ("exp", .number(JSONNumber(expires))),
        ]
        if let party { claims.append(("azp", .string(party))) }
        if !methods.isEmpty { claims.append(("amr", .array(methods.map(JSONValue.string)))) }
        return Claims.token(.object(JSONObject(claims + others)))
    }

    static func token(_ claims: JSONValue, header: JSONValue = ["alg": "RS256"]) -> String {
        let parts = [header, claims].map { Base64.urlText(Array($0.jsonText().utf8)) }
        return parts.joined(separator: ".") + ".c2ln"
    }

    /// A trust policy that lets whoever has a token of the provider assume a role.
    static func trust(if condition: String? = nil, _ provider: String = Claims.provider) -> String {
        IAMDocument.trusting(
            #"{"Federated":"\#(provider)"}"#,
            "sts:AssumeRoleWithWebIdentity",
            if: condition
        )
    }
}

extension Caller {
    /// Whoever has a token and would assume a role with it.
    static func holding(_ claims: Claims, for role: String) -> Caller {
        holding(claims.token, for: role)
    }

    static func holding(_ token: String, for role: String) -> Caller {
        let members = JSONObject([
            (name: "RoleArn", value: .string(role)),
            (name: "WebIdentityToken", value: .string(token)),
        ])
        let scope = Caller.root().scope
        let found = AssumeRoleWithWebIdentity.unsignedCaller?(members, scope)
        return Caller(
            scope: found?.scope ?? scope,
            principal: found?.principal ?? .root(of: scope),
            accessKeyID: nil,
            requestID: "00000000-0000-4000-8000-000000000005",
            sourceAddress: "127.0.0.1",
            userAgent: "tests"
        )
    }
}

extension ScratchVault {
    private func members(_ role: String, _ token: String, _ others: JSONValue) -> JSONValue {
        Refused(others, .malformedInput).members(
            and: [
                "RoleArn": "\(role)", "RoleSessionName": "task",
                "WebIdentityToken": .string(token),
            ]
        )
    }

    /// AssumeRoleWithWebIdentity with the members that it needs, and others.
    @discardableResult
    func assume(
        _ role: String,
        with claims: Claims,
        _ others: JSONValue = [:]
    ) throws(APIError) -> JSONValue {
        let token = claims.token
        return try sts(
            .assumeRoleWithWebIdentity,
            members(role, token, others),
            by: .holding(token, for: role)
        )
    }

    /// The error of that; nil when it succeeds.
    func refusal(
        ofAssuming role: String,
        with claims: Claims,
        _ others: JSONValue = [:],
        by caller: Caller? = nil
    ) -> Refusal? {
        refusal(ofAssuming: role, withToken: claims.token, others, by: caller)
    }

    func refusal(
        ofAssuming role: String,
        withToken token: String,
        _ others: JSONValue = [:],
        by caller: Caller? = nil
    ) -> Refusal? {
        refusal(
            ofSTS: .assumeRoleWithWebIdentity,
            members(role, token, others),
            by: caller ?? .holding(token, for: role)
        )
    }
}
