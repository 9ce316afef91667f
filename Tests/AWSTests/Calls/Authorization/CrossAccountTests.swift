import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("Authorisation across accounts")
struct CrossAccountTests {
    private static let ours = "000000000000"
    private static let theirs = "111122223333"
    private static let get = "secretsmanager:GetSecretValue"
    private static let allow = PolicyDraft.statement("Allow", "secretsmanager:*", "kms:*")

    private let vault: ScratchVault
    private let arn: String
    private let keyARN: String

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        let key = try vault.kms(.createKey)["KeyMetadata"]?["Arn"]?.string ?? ""
        keyARN = key
        arn = try vault.create("shared", ["KmsKeyId": .string(key)])
    }

    private func share(with principal: String) throws {
        try vault.putPolicy(
            PolicyDraft.statement("Allow", "secretsmanager:*", principal: principal),
            on: arn
        )
    }

    private func shareKey(with principal: String) throws {
        let policy = #"""
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},
            "Action":"kms:*","Resource":"*"},
            {"Effect":"Allow","Principal":\#(principal),
            "Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"*"}]}
            """#
        try vault.kms(
            .putKeyPolicy,
            ["KeyId": .string(keyARN), "PolicyName": "default", "Policy": .string(policy)]
        )
    }

    private func read(by caller: Caller) -> Refusal? {
        vault.refusal(of: .getSecretValue, ["SecretId": .string(arn)], by: caller)
    }

    private static let account = #"{"AWS":"arn:aws:iam::111122223333:root"}"#

    @Test("both sides must allow")
    func bothSides() throws {
        let allowed = try vault.user("allowed", account: Self.theirs, policies: [Self.allow])
        let without = try vault.user("without", account: Self.theirs)
        #expect(
            read(by: allowed)?.text?.hasSuffix(
                "because no resource-based policy allows the \(Self.get) action"
            ) == true
        )
        try share(with: Self.account)
        try shareKey(with: Self.account)
        #expect(read(by: allowed) == nil)
        #expect(
            read(by: without)?.text?.hasSuffix(
                "because no identity-based policy allows the \(Self.get) action"
            ) == true
        )
    }

    @Test("the root of the other account needs the resource's policy only")
    func root() throws {
        let root = Caller.root(account: Self.theirs)
        #expect(read(by: root)?.code == "AccessDeniedException")
        try share(with: Self.account)
        try shareKey(with: Self.account)
        #expect(read(by: root) == nil)
    }

    @Test("a key policy that nobody could change again is refused, unless that is asked for")
    func keyLockOut() throws {
        let policy = #"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":
            {"AWS":"arn:aws:iam::000000000000:root"},"Action":"kms:Decrypt","Resource":"*"}]}
            """#
        let refusal = Refusal(
            "MalformedPolicyDocumentException",
            "The new key policy will not allow you to update the key policy in the future."
        )
        for (action, members) in [
            (KMSAction.createKey, ["Policy": .string(policy)] as JSONValue),
            (.putKeyPolicy, ["KeyId": .string(keyARN), "Policy": .string(policy)]),
        ] {
            var members = members
            let error = #expect(throws: APIError.self) { try vault.kms(action, members) }
            #expect(error.map(Refusal.init) == refusal)
            members.set("BypassPolicyLockoutSafetyCheck", true)
            try vault.kms(action, members)
        }
    }

    @Test("the key's policy must allow too")
    func key() throws {
        let user = try vault.user("allowed", account: Self.theirs, policies: [Self.allow])
        try share(with: Self.account)
        #expect(read(by: user) == Refusal("AccessDeniedException", "Access to KMS is not allowed"))
        try shareKey(with: Self.account)
        #expect(read(by: user) == nil)
    }

    @Test("a value under the default key stays closed, whatever policies say")
    func defaultKey() throws {
        let closed = try vault.create("closed")
        try vault.putPolicy(
            PolicyDraft.statement("Allow", "secretsmanager:*", principal: Self.account),
            on: closed
        )
        let user = try vault.user("allowed", account: Self.theirs, policies: [Self.allow])
        let members: JSONValue = ["SecretId": .string(closed)]
        #expect(
            vault.refusal(of: .getSecretValue, members, by: user) == .defaultKeyAcrossAccounts
        )
        #expect(vault.refusal(of: .describeSecret, members, by: user) == nil)
    }

    @Test("a call across accounts is in both trails, under one shared id")
    func bothTrails() throws {
        let user = try vault.user("allowed", account: Self.theirs, policies: [Self.allow])
        try share(with: Self.account)
        try shareKey(with: Self.account)
        #expect(read(by: user) == nil)
        let records = try vault.auditRecords()
            .filter { $0.eventName == "GetSecretValue" }
        #expect(Set(records.map(\.scope.account)) == [Self.ours, Self.theirs])
        #expect(records.allSatisfy { $0.principalARN == user.principal.arn })
        for record in records {
            let text = CloudTrailRecord(AuditEntry(sequence: 1, record: record)).jsonText()
            let json = try JSONParser.parse(Array(text.utf8))
            #expect(json["sharedEventID"]?.string == user.requestID)
            #expect(json["userIdentity"]?["accountId"]?.string == Self.theirs)
            #expect(json["recipientAccountId"]?.string == record.scope.account)
        }
    }

    @Test("within the account a key's policy decides, and may delegate to IAM")
    func keyInAccount() throws {
        let secrets = PolicyDraft.statement("Allow", "secretsmanager:*")
        let without = try vault.user("without-kms", policies: [secrets])
        let with = try vault.user("with-kms", policies: [Self.allow])
        let refused = Refusal("AccessDeniedException", "Access to KMS is not allowed")
        #expect(read(by: without) == refused)
        #expect(read(by: with) == nil)
        for (action, members) in [
            (
                SecretsManagerAction.putSecretValue,
                ["SecretId": .string(arn), "SecretString": "2"] as JSONValue
            ),
            (.updateSecret, ["SecretId": .string(arn), "SecretString": "3"]),
            (.createSecret, ["Name": "n", "SecretString": "4", "KmsKeyId": .string(keyARN)]),
        ] {
            var members = members
            members.set("ClientRequestToken", .string(vault.nextToken()))
            #expect(vault.refusal(of: action, members, by: without) == refused)
            #expect(vault.refusal(of: action, members, by: with) == nil)
        }
    }
}
