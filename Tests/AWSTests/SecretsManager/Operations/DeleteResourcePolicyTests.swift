import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("DeleteResourcePolicy")
struct DeleteResourcePolicyTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a")
    }

    @Test("the policy goes, and a second time is no error")
    func goes() throws {
        try vault.putPolicy(Policies.narrow, on: "a")
        for _ in 0..<2 {
            let answer = try vault.call(.deleteResourcePolicy, ["SecretId": "a"])
            #expect(answer.text == #"{"ARN":"\#(arn)","Name":"a","PolicyName":"default"}"#)
            #expect(try vault.policy(of: "a") == nil)
        }
    }

    @Test("no policy of another name can be deleted")
    func names() throws {
        try vault.putPolicy(Policies.narrow, on: "a")
        #expect(
            vault.refusal(of: .deleteResourcePolicy, ["SecretId": "a", "PolicyName": "other"])
                == .onlyDefaultPolicy
        )
        #expect(try vault.policy(of: "a") != nil)
    }

    @Test("the policies of other secrets stay")
    func others() throws {
        try vault.create("b")
        try vault.putPolicy(Policies.narrow, on: "b")
        try vault.call(.deleteResourcePolicy, ["SecretId": "a"])
        #expect(try vault.policy(of: "b") != nil)
    }
}
