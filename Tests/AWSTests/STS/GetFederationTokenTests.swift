import AWS
import JSON
import Notation
import TestSupport
import Testing

/// Sessions of guests: who makes them, how long they last, and what the answer says.
@Suite struct GetFederationTokenTests {
    let vault: ScratchVault
    static let federate = PolicyDraft.statement("Allow", "sts:*", "secretsmanager:*")

    init() throws {
        vault = try ScratchVault()
    }

    private func expiration(_ seconds: Int?, by caller: Caller) throws -> String? {
        var members: JSONValue = ["Name": "guest"]
        if let seconds { members.set("DurationSeconds", "\(seconds)") }
        let answer = try vault.sts(.getFederationToken, members, by: caller)
        return answer["Credentials"]?["Expiration"]?.string
    }

    @Test func `C88: the answer has credentials, the federated user and a size`() throws {
        let answer = try vault.federate(by: try vault.user("ci"))
        #expect(answer.names == ["Credentials", "FederatedUser", "PackedPolicySize"])
        #expect(answer["Credentials"]?["AccessKeyId"]?.string?.hasPrefix("ASIA") == true)
        #expect(answer["Credentials"]?["SessionToken"]?.string?.isEmpty == false)
        #expect(
            answer["FederatedUser"]?.text
                == #"{"FederatedUserId":"000000000000:guest","#
                + #""Arn":"arn:aws:sts::000000000000:federated-user/guest"}"#
        )
        #expect(answer["PackedPolicySize"] == 0)
        let limited = try vault.federate(["Policy": "\(IAMDocument.read)"], by: .root())
        #expect((limited["PackedPolicySize"]?.integer ?? 0) > 0)
    }

    @Test func `C88: a federated user is neither its user nor the root`() throws {
        let user = try vault.user("ci", tags: [Tag(key: "team", value: "red")])
        let guest = try vault.guest(by: user)
        #expect(
            try vault.sts(.getCallerIdentity, by: guest).text
                == #"{"Arn":"arn:aws:sts::000000000000:federated-user/guest","#
                + #""UserId":"000000000000:guest","Account":"000000000000"}"#
        )
        #expect(guest.principal.kind == .federatedUser)
        #expect(guest.principal.userName == nil)
        let root = try vault.guest(by: stranger)
        #expect(root.principal.arn == "arn:aws:sts::111122223333:federated-user/guest")
    }

    @Test func `C88: tags of the session stand over those of the user, whatever their case`() throws
    {
        let tags = [Tag(key: "Team", value: "red"), Tag(key: "stage", value: "test")]
        let own: JSONValue = ["Tags": [["Key": "team", "Value": "blue"]]]
        let guest = try vault.guest(own, by: try vault.user("ci", tags: tags))
        #expect(
            guest.principal.tags.map { "\($0.key)=\($0.value)" } == ["stage=test", "team=blue"]
        )
    }

    @Test func `C88: a user's last 12 hours unless told, up to 36, and the root's one`() throws {
        let user = try vault.user("ci")
        #expect(try expiration(nil, by: user) == "2026-01-15T22:00:00Z")
        #expect(try expiration(900, by: user) == "2026-01-15T10:15:00Z")
        #expect(try expiration(129_600, by: user) == "2026-01-16T22:00:00Z")
        #expect(try expiration(129_600, by: .root()) == "2026-01-15T11:00:00Z")
    }

    @Test(
        arguments: [
            (["Name": "g"], "'g'", "name", "have length greater than or equal to 2"),
            (
                ["Name": "\(long(33))"], "'\(long(33))'", "name",
                "have length less than or equal to 32"
            ),
            (
                ["Name": "guest", "DurationSeconds": "899"], "'899'", "durationSeconds",
                "have value greater than or equal to 900"
            ),
            (
                ["Name": "guest", "DurationSeconds": "129601"], "'129601'", "durationSeconds",
                "have value less than or equal to 129600"
            ),
        ] as [(JSONValue, String, String, String)]
    )
    func `C88: name and duration have their bounds`(
        members: JSONValue,
        value: String,
        path: String,
        rule: String
    ) {
        #expect(
            vault.refusal(ofSTS: .getFederationToken, members)
                == Refusal.constraint(value, path, rule).inQuery
        )
    }

    @Test func `C88: session policies must be policies, and be there`() throws {
        let members: JSONValue = ["Name": "guest", "Policy": "{}"]
        #expect(
            vault.refusal(ofSTS: .getFederationToken, members)?.code == "MalformedPolicyDocument"
        )
        let arn = "arn:aws:iam::000000000000:policy/none"
        #expect(
            vault.refusal(
                ofSTS: .getFederationToken,
                ["Name": "guest", "PolicyArns": [["arn": "\(arn)"]]]
            ) == .notAttachable(arn)
        )
    }

    @Test func `C88: no session makes one, of a role, a user or a guest`() throws {
        let user = try vault.user("ci")
        let own = try vault.caller(of: try vault.sts(.getSessionToken, by: user))
        for session in [try vault.session("task"), own, try vault.guest(by: user)] {
            for action in [STSAction.getFederationToken, .getSessionToken] {
                #expect(
                    vault.refusal(ofSTS: action, ["Name": "other"], by: session)
                        == Refusal(
                            "AccessDenied",
                            "Cannot call \(action.rawValue) with session credentials"
                        )
                )
            }
        }
    }

    @Test(arguments: STSAction.allCases)
    func `C88: of STS a guest may ask who it is, and nothing else`(action: STSAction) throws {
        let guest = try vault.guest(by: .root())
        let refusal = vault.refusal(ofSTS: action, by: guest)
        guard action != .getCallerIdentity else {
            #expect(refusal == nil)
            return
        }
        #expect(
            refusal
                == Refusal(
                    "AccessDenied",
                    "Cannot call \(action.rawValue) with session credentials"
                )
        )
    }

    @Test(arguments: IAMAction.allCases)
    func `C88: IAM serves no guest`(action: IAMAction) throws {
        let guest = try vault.guest(by: .root())
        #expect(
            vault.refusal(ofIAM: action, by: guest)
                == Refusal(
                    "InvalidClientTokenId",
                    "The security token included in the request is invalid."
                )
        )
    }

    @Test func `C88: when the user is gone its guests are nobody`() throws {
        try vault.create(.user, "ci")
        let id = try vault.write { vault throws(APIError) in
            try vault.principal(.user, named: "ci", in: "000000000000")
        }
        let user = try #require(id)
        let caller = Caller(
            scope: Scope(account: "000000000000", region: "us-east-1"),
            principal: .user(user, tags: []),
            accessKeyID: "AKIAEXAMPLE",
            requestID: "00000000-0000-4000-8000-000000000005",
            sourceAddress: "127.0.0.1",
            userAgent: "tests"
        )
        let answer = try vault.federate(by: caller)
        #expect(try vault.holder(of: answer) != nil)
        try vault.iam(.deleteUser, ["UserName": "ci"])
        #expect(try vault.holder(of: answer) == nil)
    }

    @Test func `C88: the trail has the federated user, and no secret of its session`() throws {
        let user = try vault.user("ci")
        let answer = try vault.federate(["Policy": "\(IAMDocument.read)"], by: user)
        let made = try vault.record(of: "GetFederationToken")
        #expect(made["userIdentity"]?["type"] == "IAMUser")
        #expect(made["requestParameters"]?["name"] == "guest")
        #expect(
            made["responseElements"]?["federatedUser"]?["arn"]
                == "arn:aws:sts::000000000000:federated-user/guest"
        )
        let credentials = try #require(answer["Credentials"])
        for secret in ["SecretAccessKey", "SessionToken"] {
            #expect(!made.text.contains(credentials[secret]?.string ?? "?"))
        }
        try vault.call(.listSecrets, by: try vault.caller(of: answer))
        let identity = try #require(try vault.record(of: "ListSecrets")["userIdentity"])
        #expect(identity["type"] == "FederatedUser")
        #expect(identity["principalId"] == "000000000000:guest")
        #expect(identity["arn"] == "arn:aws:sts::000000000000:federated-user/guest")
        #expect(identity["accountId"] == "000000000000")
        #expect(identity["accessKeyId"] == credentials["AccessKeyId"])
        #expect(identity["sessionContext"]?["attributes"]?["mfaAuthenticated"] == "false")
        #expect(try vault.events("Username", "guest").count == 1)
    }
}

extension ScratchVault {
    /// GetFederationToken for a guest.
    func federate(
        _ others: JSONValue = [:],
        by caller: Caller
    ) throws(APIError) -> JSONValue {
        try sts(.getFederationToken, members(others, and: ["Name": "guest"]), by: caller)
    }

    /// The guest that the answer makes.
    func guest(_ others: JSONValue = [:], by caller: Caller) throws -> Caller {
        try self.caller(of: try federate(others, by: caller))
    }
}
