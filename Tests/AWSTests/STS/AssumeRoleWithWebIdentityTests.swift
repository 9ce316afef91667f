import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite struct AssumeRoleWithWebIdentityTests {
    let vault: ScratchVault
    private static let role = "arn:aws:iam::000000000000:role/web"

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        try vault.create(
            .role,
            "web",
            [
                "AssumeRolePolicyDocument": .string(
                    Claims.trust(
                        if: #"{"StringEquals":{"token.idp.test:aud":"sts.amazonaws.com"},"#
                            + #""StringLike":{"token.idp.test:sub":"repo:app/*"}}"#
                    )
                )
            ]
        )
    }

    private func refusal(_ claims: Claims, _ others: JSONValue = [:]) -> Refusal? {
        vault.refusal(ofAssuming: Self.role, with: claims, others)
    }

    private func invalid(_ text: String) -> Refusal { Refusal("InvalidIdentityToken", text) }

    private static let notAuthorized = Refusal(
        "AccessDenied",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity"
    )

    @Test func `C88: whom the trust policy lets has credentials of the role`() throws {
        let answer = try vault.assume(Self.role, with: Claims())
        #expect(
            answer.names == [
                "AssumedRoleUser", "Audience", "Credentials", "Provider",
                "SubjectFromWebIdentityToken",
            ]
        )
        #expect(answer["Audience"] == "sts.amazonaws.com")
        #expect(answer["Provider"]?.string == Claims.provider)
        #expect(answer["SubjectFromWebIdentityToken"] == "repo:app/web:ref:main")
        let session = "arn:aws:sts::000000000000:assumed-role/web/task"
        #expect(answer["AssumedRoleUser"]?["Arn"]?.string == session)
        #expect(answer["Credentials"]?["Expiration"] == "2026-01-15T11:00:00Z")
        let caller = try vault.caller(of: answer)
        #expect(caller.principal.arn == session)
        #expect(caller.principal.session?.federatedProvider == Claims.provider)
    }

    @Test func `C88: another subject is not authorized, and so is whoever names no role`() {
        #expect(refusal(Claims(subject: "repo:other/web")) == Self.notAuthorized)
        #expect(
            vault.refusal(
                ofAssuming: "arn:aws:iam::000000000000:role/nobodys",
                with: Claims()
            ) == Self.notAuthorized
        )
    }

    @Test func `C88: an issuer that no trust policy names has no provider`() {
        #expect(
            refusal(Claims(issuer: "https://other.test"))
                == invalid("No OpenIDConnect provider found in your account for https://other.test")
        )
    }

    @Test func `C88: an audience that the trust policy does not ask for is none of the provider's`()
    {
        #expect(refusal(Claims(audience: "other")) == invalid("Incorrect token audience"))
    }

    @Test func `A token ends, and the sentence has both times`() {
        let expected = Refusal(
            "ExpiredTokenException",
            "Token expired: current date/time 1768471200 must be before the expiration date/time"
                + " 1768471200"
        )
        #expect(refusal(Claims(expires: 1_768_471_200)) == expected)
        #expect(refusal(Claims(expires: 1_768_471_201)) == nil)
    }

    @Test(arguments: ["abcd", "a.b.c", "aa.b", "e30.e30.", "!!!!.e30.e30", "W10.W10.c2ln"])
    func `What is no token is refused, and never shown`(token: String) throws {
        let refused = try #require(vault.refusal(ofAssuming: Self.role, withToken: token))
        #expect(refused.code == "InvalidIdentityToken")
        let records = try vault.auditRecords()
        for record in records {
            #expect(record.requestParameters?.contains(token) != true)
            #expect(record.errorMessage?.contains(token) != true)
        }
    }

    @Test(arguments: ["iss", "sub", "aud", "exp"])
    func `A token without a claim is refused`(claim: String) {
        let all: [(name: String, value: JSONValue)] = [
            ("iss", "https://token.idp.test"), ("sub", "s"), ("aud", "a"), ("exp", 1_800_000_000),
        ]
        let claims = JSONValue.object(JSONObject(all.filter { $0.name != claim }))
        #expect(
            vault.refusal(ofAssuming: Self.role, withToken: Claims.token(claims))
                == invalid("Missing a required claim: \(claim)")
        )
    }

    @Test func `What the model asks for is told before the token is looked at`() {
        let refused = vault.refusal(
            ofSTS: .assumeRoleWithWebIdentity,
            ["RoleArn": "\(Self.role)"]
        )
        #expect(refused?.code == "ValidationError")
        #expect(refused?.text?.hasPrefix("2 validation errors") == true)
        #expect(
            vault.refusal(
                ofAssuming: Self.role,
                withToken: "abc"
            )?.text?.contains("Value at 'webIdentityToken'") == true
        )
    }

    @Test func `A session lasts as long as the role lets it, and policies limit it`() throws {
        #expect(refusal(Claims(), ["DurationSeconds": "3601"])?.code == "ValidationError")
        let policy = PolicyDraft.statement("Allow", "secretsmanager:ListSecrets")
        let answer = try vault.assume(Self.role, with: Claims(), ["Policy": .string(policy)])
        #expect(answer["PackedPolicySize"] != nil)
        #expect(try vault.session(of: answer).policies.count == 1)
    }

    @Test func `A token brings tags and a source identity, which the trust policy must let in`()
        throws
    {
        let claims = Claims(others: [
            ("https://aws.amazon.com/source_identity", "mara"),
            (
                "https://aws.amazon.com/tags",
                [
                    "principal_tags": ["team": ["red"]], "transitive_tag_keys": ["team"],
                ]
            ),
        ])
        #expect(refusal(claims) == Self.notAuthorized)
        let trust = IAMDocument.trusting(
            #"{"Federated":"\#(Claims.provider)"}"#,
            "sts:AssumeRoleWithWebIdentity",
            "sts:TagSession",
            "sts:SetSourceIdentity"
        )
        try vault.iam(
            .updateAssumeRolePolicy,
            ["RoleName": "web", "PolicyDocument": "\(trust)"]
        )
        let answer = try vault.assume(Self.role, with: claims)
        #expect(answer["SourceIdentity"] == "mara")
        let caller = try vault.caller(of: answer)
        #expect(caller.principal.tags == [AWS.Tag(key: "team", value: "red")])
        #expect(caller.principal.session?.sourceIdentity == "mara")
        #expect(caller.principal.session?.transitiveTagKeys == ["team"])
    }

    @Test func `Without policies any token of any issuer will do`() throws {
        let vault = try ScratchVault()
        try vault.create(.role, "web")
        #expect(vault.refusal(ofAssuming: Self.role, with: Claims(issuer: "https://x.test")) == nil)
    }

    @Test func `What is only reported passes, and is recorded`() throws {
        let vault = try ScratchVault(authorization: .report)
        try vault.create(.role, "web", ["AssumeRolePolicyDocument": "\(Claims.trust())"])
        let claims = Claims(issuer: "https://other.test")
        #expect(vault.refusal(ofAssuming: Self.role, with: claims) == nil)
        let record = try #require(try vault.auditRecords().last)
        #expect(record.eventName == "AssumeRoleWithWebIdentity")
        #expect(record.decision?.contains("sts:AssumeRoleWithWebIdentity") == true)
        #expect(record.principalARN == "arn:aws:iam::000000000000:oidc-provider/other.test")
        #expect(record.scope.account == "000000000000")
    }

    @Test func `The account is the role's, and so is the partition of the provider`() throws {
        let claims = Claims()
        let arn = "arn:aws-cn:iam::111122223333:role/web"
        let caller = Caller.holding(claims, for: arn)
        #expect(caller.scope.account == "111122223333")
        #expect(caller.principal.arn == "arn:aws-cn:iam::111122223333:oidc-provider/token.idp.test")
        let google = Caller.holding(Claims(issuer: "https://accounts.google.com"), for: arn)
        #expect(google.principal.arn == "accounts.google.com")
    }
}
