import AWS
import AccessControl
import JSON
import Notation
import TestSupport
import Testing

/// Every condition key of the table, in both directions: a Deny that must hit, an Allow that must
/// open.
@Suite struct KeyCaseTests {
    static let version = "version-of-the-tagged-secret-0000"
    static let trustedRole = "arn:aws:iam::000000000000:role/trusted"
    static let definition: JSONValue = [
        "family": "web", "executionRoleArn": "\(Furniture.role)",
        "requiresCompatibilities": ["EC2"],
        "containerDefinitions": [["name": "app", "image": "app:1", "memory": 128]],
    ]

    static let all =
        KeyCase.callers + KeyCase.services + KeyCase.tags + KeyCase.ofSecrets + KeyCase.ofKMS
        + KeyCase.ofIAM + KeyCase.ofSTS + KeyCase.ofECS

    @Test func `C54: every key of the table has a case, and there is no other`() {
        let rows = Set(ConditionKey.all.map(\.name))
        #expect(rows.count == ConditionKey.all.count, "a key stands twice in the table")
        let cases = Set(Self.all.map(\.row))
        #expect(rows.subtracting(cases).isEmpty, "without a case")
        #expect(cases.subtracting(rows).isEmpty, "not in the table")
    }

    @Test func `A key is found by what a policy calls it, in whatever case`() {
        #expect(ConditionKey.named("AWS:requesttag/Team")?.name == "aws:RequestTag/")
        #expect(
            ConditionKey.named("kms:encryptioncontext:SecretARN")?.name == "kms:EncryptionContext:"
        )
        #expect(ConditionKey.named("\(Claims.host):SUB")?.name == ":sub")
        #expect(ConditionKey.named("aws:PrincipalOrgID") == nil)
    }

    @Test(arguments: all)
    func `C53, C54, C56: a Deny hits the value that a key has, and an Allow opens to it`(
        row: KeyCase
    ) throws {
        let vault = try ScratchVault.ofKeyCases()
        #expect(try isRefused(row, allowing: row.other, in: vault), "an Allow for another value")
        #expect(try isRefused(row, denying: row.value, in: vault), "the Deny")
        #expect(try !isRefused(row, allowing: row.value, in: vault), "the Allow")
        let again = try ScratchVault.ofKeyCases()
        #expect(try !isRefused(row, denying: row.other, in: again), "a Deny of another value")
    }

    /// Whether the call is refused where nothing else allows it.
    private func isRefused(
        _ row: KeyCase,
        allowing value: String,
        in vault: ScratchVault
    ) throws -> Bool {
        let others = #"{"Effect":"Allow","NotAction":"\#(row.call.permission)","Resource":"*"}"#
        return try isRefused(row, [("Allow", row.condition(value))], others, in: vault)
    }

    /// Whether it is refused where everything else is allowed.
    private func isRefused(
        _ row: KeyCase,
        denying value: String,
        in vault: ScratchVault
    ) throws -> Bool {
        let others = #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
        let statements = [("Allow", nil), ("Deny", row.condition(value) as String?)]
        return try isRefused(row, statements, others, in: vault)
    }

    private func isRefused(
        _ row: KeyCase,
        _ statements: [(effect: String, condition: String?)],
        _ others: String,
        in vault: ScratchVault
    ) throws -> Bool {
        let caller: Caller
        switch row.by {
        case .service, .webIdentity:
            caller = try vault.trusted(row, statements)
        default:
            let own = statements.filter { $0.condition != nil }.map { effect, condition in
                let when = condition.map { #","Condition":\#($0)"# } ?? ""
                return #"{"Effect":"\#(effect)","Action":"\#(row.call.permission)","#
                    + #""Resource":"*"\#(when)}"#
            }
            let body = ([others] + own).joined(separator: ",")
            let policy = #"{"Version":"2012-10-17","Statement":[\#(body)]}"#
            caller = try vault.caller(row.by, policy)
        }
        let code = row.call.run(vault, caller)?.code ?? ""
        // What a trust policy has against an audience is told of the token.
        return code.hasPrefix("AccessDenied") || code == "InvalidIdentityToken"
    }
}

extension ScratchVault {
    /// A vault with all that the cases are about.
    fileprivate static func ofKeyCases() throws -> ScratchVault {
        let vault = try ScratchVault.furnished(authorization: .enforce)
        let tags: JSONValue = [["Key": "team", "Value": "red"]]
        try vault.create("tagged", token: KeyCaseTests.version, ["Tags": tags])
        try vault.create("other")
        try vault.create("keyed", ["KmsKeyId": "alias/ordinary"])
        try vault.create("partner", ["Type": "SnowflakePat"])
        try vault.create("rotated")
        try vault.call(
            .rotateSecret,
            [
                "SecretId": "rotated", "RotationLambdaARN": "\(ScratchVault.function)",
                "RotationRules": ["AutomaticallyAfterDays": 7], "RotateImmediately": false,
            ]
        )
        let many = try vault.createKey(["MultiRegion": true])
        try vault.kms(.createAlias, ["AliasName": "alias/many", "TargetKeyId": .string(many)])
        try vault.kms(
            .tagResource,
            ["KeyId": "\(Furniture.keyID)", "Tags": [["TagKey": "team", "TagValue": "red"]]]
        )
        try vault.iam(.tagUser, ["UserName": "ordinary", "Tags": tags])
        try vault.iam(.tagRole, ["RoleName": "ordinary", "Tags": tags])
        try vault.iam(.tagPolicy, ["PolicyArn": "\(Furniture.policy)", "Tags": tags])
        let trust = IAMDocument.trusting(
            #"{"AWS":"arn:aws:iam::000000000000:root"}"#,
            "sts:AssumeRole",
            "sts:TagSession",
            "sts:SetSourceIdentity"
        )
        try vault.iam(
            .updateAssumeRolePolicy,
            ["RoleName": "ordinary", "PolicyDocument": "\(trust)"]
        )
        return vault
    }

    /// Somebody with a policy.
    fileprivate func caller(_ kind: Asker, _ policy: String) throws -> Caller {
        let name = "caller-\(nextToken())"
        switch kind {
        case .user(let tags): return try user(name, policies: [policy], tags: tags)
        case .session(let identity):
            return try session(name, policies: [policy], sourceIdentity: identity)
        case .userFrom(let referer):
            let user = try user(name, policies: [policy])
            return Caller(
                scope: user.scope,
                principal: user.principal,
                accessKeyID: user.accessKeyID,
                requestID: user.requestID,
                sourceAddress: user.sourceAddress,
                userAgent: user.userAgent,
                referer: referer
            )
        case .federated:
            try create(.role, name, ["AssumeRolePolicyDocument": "\(Claims.trust())"])
            try putPolicy("p", policy, of: .role, name)
            let role = "arn:aws:iam::000000000000:role/\(name)"
            return try caller(of: try assume(role, with: Claims()))
        case .service, .webIdentity: return .root()
        }
    }

    /// Somebody whom the trust policy of the role `trusted` is about, which is made anew.
    fileprivate func trusted(
        _ row: KeyCase,
        _ statements: [(effect: String, condition: String?)]
    ) throws -> Caller {
        let principal: String
        let caller: Caller
        switch row.by {
        case .webIdentity(let claims):
            principal = #"{"Federated":"\#(Claims.provider)"}"#
            caller = .holding(claims, for: KeyCaseTests.trustedRole)
        default:
            let name = "ecs-tasks.amazonaws.com"
            principal = #"{"Service":"\#(name)"}"#
            let scope = Caller.root().scope
            caller = Caller(
                scope: scope,
                principal: .service(name, for: ARN("ecs", in: scope, "task/t").text),
                accessKeyID: nil,
                requestID: "00000000-0000-4000-8000-000000000004",
                sourceAddress: name,
                userAgent: name
            )
        }
        let body = statements.map { effect, condition in
            let when = condition.map { #","Condition":\#($0)"# } ?? ""
            return #"{"Effect":"\#(effect)","Principal":\#(principal),"#
                + #""Action":"\#(row.call.permission)"\#(when)}"#
        }.joined(separator: ",")
        let trust = #"{"Version":"2012-10-17","Statement":[\#(body)]}"#
        if refusal(ofIAM: .getRole, ["RoleName": "trusted"]) != nil {
            try create(.role, "trusted", ["AssumeRolePolicyDocument": "\(trust)"])
        } else {
            try iam(
                .updateAssumeRolePolicy,
                ["RoleName": "trusted", "PolicyDocument": "\(trust)"]
            )
        }
        return caller
    }
}
