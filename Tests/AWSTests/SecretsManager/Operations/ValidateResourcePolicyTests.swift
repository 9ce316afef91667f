import AWS
import JSON
import TestSupport
import Testing

@Suite("ValidateResourcePolicy")
struct ValidateResourcePolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a")
    }

    private func validate(_ policy: String) throws -> JSONValue {
        try vault.call(.validateResourcePolicy, ["ResourcePolicy": .string(policy)])
    }

    @Test("a policy that may be attached passes, with or without a secret")
    func passes() throws {
        let passed = #"{"PolicyValidationPassed":true,"ValidationErrors":[]}"#
        #expect(try validate(Policies.narrow).text == passed)
        let members: JSONValue = ["SecretId": "a", "ResourcePolicy": .string(Policies.narrow)]
        #expect(try vault.call(.validateResourcePolicy, members).text == passed)
        #expect(try vault.policy(of: "a") == nil)
    }

    @Test("one that grants broad access does not, which is an answer and not an error")
    func broad() throws {
        #expect(
            try validate(Policies.broad).text
                == #"{"PolicyValidationPassed":false,"ValidationErrors":[{"CheckName":"#
                + #""BlockPublicPolicyCheck","ErrorMessage":"You can not attach a resource policy"#
                + #" that grants Public access to your secret."}]}"#
        )
    }

    @Test("C36: one that is malformed is an error, with one sentence for every fault")
    func malformed() {
        #expect(vault.refusal(of: .validateResourcePolicy, ["ResourcePolicy": "{"]) == .syntaxError)
    }

    @Test("a secret that is named must be there, under a good name")
    func secret() {
        let policy = JSONValue.string(Policies.narrow)
        #expect(
            vault.refusal(
                of: .validateResourcePolicy,
                ["SecretId": "b", "ResourcePolicy": policy]
            ) == .unknownSecret
        )
        #expect(
            vault.refusal(
                of: .validateResourcePolicy,
                ["SecretId": "", "ResourcePolicy": policy]
            ) == .constraint("''", "secretId", atLeast(1))
        )
    }
}
