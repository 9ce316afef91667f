import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("PutResourcePolicy")
struct PutResourcePolicyTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a")
    }

    private func refusal(_ policy: String, _ others: JSONValue = [:]) -> Refusal? {
        let members: JSONValue = ["SecretId": "a", "ResourcePolicy": .string(policy)]
        return vault.refusal(
            of: .putResourcePolicy,
            Refused(members, .syntaxError).members(and: others)
        )
    }

    @Test("the answer names the secret and the policy, which is the default one")
    func answer() throws {
        let answer = try vault.putPolicy(Policies.narrow, on: "a")
        #expect(answer.text == #"{"ARN":"\#(arn)","Name":"a","PolicyName":"default"}"#)
    }

    @Test("a policy takes the place of the one before it")
    func replaces() throws {
        try vault.putPolicy(Policies.narrow, on: "a")
        try vault.putPolicy(Policies.ofOrganization, on: "a")
        let statement = try vault.policy(of: "a")?["Statement"][0]
        #expect(statement?["Principal"] == "*")
        let names = try vault.call(.listResourcePolicies, ["SecretId": "a"])["ResourcePolicies"]
        #expect(names?.elements?.count == 1)
    }

    @Test("a broad policy is taken unless BlockPublicPolicy is true")
    func broad() throws {
        #expect(refusal(Policies.broad) == nil)
        #expect(refusal(Policies.broad, ["BlockPublicPolicy": false]) == nil)
        #expect(refusal(Policies.broad, ["BlockPublicPolicy": true]) == .publicPolicy)
        #expect(refusal(Policies.narrow, ["BlockPublicPolicy": true]) == nil)
        #expect(refusal(Policies.ofOrganization, ["BlockPublicPolicy": true]) == nil)
    }

    @Test(
        "what is no policy is malformed, and the one before it stays",
        arguments: [
            ("{", "a syntax error"),
            ("x", "a syntax error"),
            ("[]", "a syntax error"),
            ("{}", "a syntax error"),
            (#"{"Statement":[]}"#, "a syntax error"),
            (
                #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","#
                    + #""Action":"s3:GetObject","Resource":"*"}]}"#,
                "a syntax error"
            ),
            (
                Policies.policy(principal: #"{"AWS":"nobody"}"#),
                "an unsupported principal"
            ),
            (
                Policies.policy(principal: #"{"Service":"nothing.amazonaws.com"}"#),
                "an invalid service principal"
            ),
        ]
    )
    func malformed(policy: String, fault: String) throws {
        try vault.putPolicy(Policies.narrow, on: "a")
        let before = try vault.policy(of: "a")
        #expect(
            refusal(policy)
                == Refusal(
                    "MalformedPolicyDocumentException",
                    "This resource policy contains \(fault)."
                )
        )
        #expect(try vault.policy(of: "a") == before)
    }

    @Test("a policy has from 1 to 20,480 characters")
    func length() {
        #expect(refusal("") == .constraint("''", "resourcePolicy", atLeast(1)))
        let blanks = String(repeating: " ", count: 20_480 - Policies.narrow.utf8.count)
        #expect(refusal(Policies.narrow + blanks) == nil)
        let tooLong = Policies.narrow + blanks + " "
        #expect(
            refusal(tooLong) == .constraint("'\(tooLong)'", "resourcePolicy", atMost(20_480))
        )
    }

    @Test("no policy of another name can be put")
    func names() {
        #expect(refusal(Policies.narrow, ["PolicyName": "default"]) == nil)
        #expect(refusal(Policies.narrow, ["PolicyName": "mine"]) == .onlyDefaultPolicy)
    }

    @Test(
        "the name of a policy has from 1 to 64 letters, digits, hyphens and underscores",
        arguments: ["", "a b", "ä", "a.b", long(65)]
    )
    func badNames(name: String) {
        #expect(
            refusal(Policies.narrow, ["PolicyName": .string(name)])?.code == "ValidationException"
        )
    }

    @Test("C33: of the secret itself only LastChangedDate moves")
    func dates() throws {
        var before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        try vault.putPolicy(Policies.narrow, on: "a")
        let after = try vault.describe("a")
        #expect(after["LastChangedDate"] != before["LastChangedDate"])
        before.set("LastChangedDate", .null)
        var rest = after
        rest.set("LastChangedDate", .null)
        #expect(rest == before)
    }

    @Test("another account may put one by ARN, whatever the key")
    func crossAccount() throws {
        try vault.call(
            .putResourcePolicy,
            ["SecretId": .string(arn), "ResourcePolicy": .string(Policies.narrow)],
            by: .root(account: "111122223333")
        )
        #expect(try vault.policy(of: "a") != nil)
    }

    @Test("a policy goes with its secret")
    func goes() throws {
        try vault.putPolicy(Policies.narrow, on: "a")
        try vault.call(.deleteSecret, ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        try vault.create("a")
        #expect(try vault.policy(of: "a") == nil)
    }

    @Test("a policy survives a deletion that is taken back")
    func restored() throws {
        try vault.putPolicy(Policies.narrow, on: "a")
        try vault.call(.deleteSecret, ["SecretId": "a"])
        try vault.call(.restoreSecret, ["SecretId": "a"])
        #expect(try vault.policy(of: "a") != nil)
    }
}
