import AWS
import JSON
import TestSupport
import Testing

/// Who may make sessions of guests, and what a guest may do.
@Suite struct FederatedUserPermissionTests {
    let vault: ScratchVault
    private let guestARN = "arn:aws:sts::000000000000:federated-user/guest"

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        try vault.create("a")
    }

    private func user(_ name: String = "ci", _ policies: [String] = []) throws -> Caller {
        let federate = PolicyDraft.statement("Allow", "sts:GetFederationToken", "sts:TagSession")
        return try vault.user(name, policies: [federate] + policies)
    }

    private func reads(_ caller: Caller) -> Bool {
        vault.refusal(of: .getSecretValue, ["SecretId": "a"], by: caller) == nil
    }

    private static let read = PolicyDraft.statement("Allow", "secretsmanager:GetSecretValue")
    private static let list = PolicyDraft.statement("Allow", "secretsmanager:ListSecrets")
    private static func only(_ policy: String) -> JSONValue { ["Policy": "\(policy)"] }

    private func allow(_ principal: String) throws {
        let named = #"{"AWS":"\#(principal)"}"#
        try vault.putPolicy(Policies.policy(principal: named), on: "a")
    }

    @Test func `C88: a user needs permission for the guest's ARN, and for tags`() throws {
        let nobody = try vault.user("nobody")
        let members: JSONValue = ["Name": "guest"]
        #expect(
            vault.refusal(ofSTS: .getFederationToken, members, by: nobody)
                == .mayNot("sts:GetFederationToken", nobody, guestARN)
        )
        let one = try vault.user(
            "one",
            policies: [PolicyDraft.statement("Allow", "sts:GetFederationToken", on: guestARN)]
        )
        #expect(vault.refusal(ofSTS: .getFederationToken, members, by: one) == nil)
        #expect(
            vault.refusal(ofSTS: .getFederationToken, ["Name": "other"], by: one)?.code
                == "AccessDenied"
        )
        let tagged: JSONValue = ["Name": "guest", "Tags": [["Key": "a", "Value": "1"]]]
        #expect(
            vault.refusal(ofSTS: .getFederationToken, tagged, by: one)
                == .mayNot("sts:TagSession", one, guestARN)
        )
        #expect(vault.refusal(ofSTS: .getFederationToken, tagged, by: try user()) == nil)
    }

    @Test func `C88: a guest may do what both the user's and the session's policies allow`() throws
    {
        let user = try user("ci", [Self.read])
        #expect(reads(try vault.guest(Self.only(Self.read), by: user)))
        #expect(!reads(try vault.guest(Self.only(Self.list), by: user)))
        let other = try self.user("other", [Self.list])
        #expect(!reads(try vault.guest(Self.only(Self.read), by: other)))
        let managed = try vault.createPolicy("read", Self.read)
        #expect(reads(try vault.guest(["PolicyArns": [["arn": "\(managed)"]]], by: user)))
        #expect(reads(try vault.guest(Self.only(Self.read), by: .root())))
        #expect(!reads(try vault.guest(Self.only(Self.list), by: .root())))
    }

    @Test func `C88: without a session policy a guest may do nothing`() throws {
        let user = try user("ci", [Self.read])
        #expect(reads(user))
        #expect(!reads(try vault.guest(by: user)))
        #expect(!reads(try vault.guest(by: .root())))
        let guest = try vault.guest(by: user)
        #expect(
            vault.refusal(of: .getSecretValue, ["SecretId": "a"], by: guest)?.text?
                .contains("because no session policy allows") == true
        )
    }

    @Test func `C88: but for what a resource's policy gives to the guest by its ARN`() throws {
        let guest = try vault.guest(by: try user())
        try allow(guestARN)
        #expect(reads(guest))
        #expect(!reads(try vault.guest(["Name": "other"], by: try user("other"))))
    }

    @Test func `C88: what it gives to the user the session limits`() throws {
        let user = try user()
        try allow(user.principal.arn)
        #expect(reads(user))
        #expect(!reads(try vault.guest(by: user)))
        #expect(reads(try vault.guest(Self.only(Self.read), by: user)))
    }

    @Test func `C88: an explicit deny of the user binds its guests`() throws {
        let deny = PolicyDraft.statement("Deny", "secretsmanager:GetSecretValue")
        let user = try user("ci", [Self.read, deny])
        let guest = try vault.guest(Self.only(Self.read), by: user)
        #expect(!reads(guest))
        try allow(guestARN)
        #expect(!reads(guest))
    }

    static let conditions = [
        ("aws:PrincipalType", "FederatedUser"),
        ("aws:PrincipalArn", "arn:aws:sts::000000000000:federated-user/guest"),
        ("aws:userid", "000000000000:guest"),
        ("aws:PrincipalTag/team", "blue"),
        ("aws:PrincipalAccount", "000000000000"),
    ]

    @Test(arguments: conditions)
    func `C88: conditions see a federated user`(key: String, value: String) throws {
        let tags: JSONValue = ["Tags": [["Key": "team", "Value": "blue"]]]
        func reads(if expected: String, _ name: String) throws -> Bool {
            let policy = PolicyDraft.statement(
                "Allow",
                "secretsmanager:GetSecretValue",
                if: #"{"StringEquals":{"\#(key)":"\#(expected)"}}"#
            )
            let own = members(Self.only(policy), and: tags)
            return self.reads(try vault.guest(own, by: try user(name, [Self.read])))
        }
        #expect(try reads(if: value, "right"))
        #expect(try !reads(if: "other", "wrong"))
    }

    @Test func `A session tells that there was no second factor, and a key that lasts nothing`()
        throws
    {
        let policy = PolicyDraft.statement(
            "Allow",
            "secretsmanager:GetSecretValue",
            if: #"{"Bool":{"aws:MultiFactorAuthPresent":"false"}}"#
        )
        let user = try user("ci", [policy])
        #expect(!reads(user))
        #expect(reads(try vault.caller(of: try vault.sts(.getSessionToken, by: user))))
        #expect(reads(try vault.guest(Self.only(policy), by: user)))
    }

    @Test(arguments: ["aws:username", "aws:FederatedProvider", "aws:SourceIdentity"])
    func `C88: a federated user has none of these`(key: String) throws {
        let policy = PolicyDraft.statement(
            "Allow",
            "secretsmanager:GetSecretValue",
            if: #"{"Null":{"\#(key)":"true"}}"#
        )
        #expect(reads(try vault.guest(Self.only(policy), by: try user("ci", [Self.read]))))
    }
}
