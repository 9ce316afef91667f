import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("GetResourcePolicy")
struct GetResourcePolicyTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a")
    }

    @Test("without a policy the member is left out")
    func none() throws {
        let answer = try vault.call(.getResourcePolicy, ["SecretId": "a"])
        #expect(answer.text == #"{"ARN":"\#(arn)","Name":"a","PolicyName":"default"}"#)
    }

    @Test("the policy comes back written anew, with its members in their order")
    func pretty() throws {
        try vault.putPolicy(Policies.narrow, on: "a")
        let answer = try vault.call(.getResourcePolicy, ["SecretId": "a"])
        #expect(
            answer["ResourcePolicy"]?.string == """
                {
                  "Version" : "2012-10-17",
                  "Statement" : [ {
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:aws:iam::111122223333:root"
                    },
                    "Action" : "secretsmanager:GetSecretValue",
                    "Resource" : "*"
                  } ]
                }
                """
        )
    }

    @Test("the default policy may be asked for by its name; another one is not found")
    func names() throws {
        try vault.putPolicy(Policies.narrow, on: "a")
        let answer = try vault.call(
            .getResourcePolicy,
            ["SecretId": "a", "PolicyName": "default"]
        )
        #expect(answer["ResourcePolicy"] != nil)
        #expect(
            vault.refusal(of: .getResourcePolicy, ["SecretId": "a", "PolicyName": "other"])
                == Refusal(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified resource policy."
                )
        )
    }

    @Test("secrets of one name in two regions have policies of their own")
    func regions() throws {
        let elsewhere = Caller.root(region: "eu-west-1")
        try vault.create("a", by: elsewhere)
        try vault.putPolicy(Policies.narrow, on: "a")
        let answer = try vault.call(.getResourcePolicy, ["SecretId": "a"], by: elsewhere)
        #expect(answer["ResourcePolicy"] == nil)
    }
}
