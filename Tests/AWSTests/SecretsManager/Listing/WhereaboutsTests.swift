import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("Where else a secret is")
struct WhereaboutsTests {
    private let scratch: ScratchVault
    private let here = Scope(account: "000000000000", region: "us-east-1")

    init() throws {
        scratch = try ScratchVault()
    }

    private func create(_ name: String, account: String = "000000000000", region: String) throws {
        try scratch.call(
            .createSecret,
            ["Name": .string(name), "SecretString": "invented"],
            by: .root(account: account, region: region)
        )
    }

    private func sentence(of secretID: String) throws -> String? {
        try scratch.vault.reading { vault throws(APIError) in
            try Whereabouts(of: secretID, notIn: here, vault).sentence
        }
    }

    @Test func `another region of the account is named`() throws {
        try create("app/key", region: "eu-west-1")
        let told = "it is in eu-west-1, the call was for us-east-1 of account 000000000000"
        #expect(try sentence(of: "app/key") == told)
    }

    @Test func `so is another account, and three places at most`() throws {
        for index in 1...5 {
            try create("app/key", account: "11111111111\(index)", region: "us-east-1")
        }
        let told = try #require(try sentence(of: "app/key"))
        #expect(told.hasPrefix("it is in account 111111111111, us-east-1 and in account"))
        #expect(told.split(separator: "account 1").count == 4)
    }

    @Test func `a whole ARN is looked for by its name`() throws {
        try create("app/key", region: "eu-west-1")
        let arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:app/key-AbCdEf"
        #expect(try sentence(of: arn)?.hasPrefix("it is in eu-west-1") == true)
    }

    @Test func `what is nowhere, and what is here, is not elsewhere`() throws {
        try create("app/key", region: "eu-west-1")
        #expect(try sentence(of: "app/keys") == nil)
        try create("app/key", region: "us-east-1")
        #expect(try sentence(of: "app/key") == nil)
    }
}
