import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetAccessKeyInfoTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func account(of id: String, by caller: Caller = .root()) throws -> String? {
        try vault.sts(.getAccessKeyInfo, ["AccessKeyId": .string(id)], by: caller)["Account"]?
            .string
    }

    @Test(arguments: ["000000000000", "111122223333", "999999999999"])
    func `A key is of the account that it was made in, whoever asks`(number: String) throws {
        let owner = Caller.root(account: number)
        #expect(try account(of: try vault.createAccessKey(by: owner)) == number)
        let session = try vault.sts(.getSessionToken, by: owner)
        let id = try #require(session["Credentials"]?["AccessKeyId"]?.string)
        #expect(try account(of: id) == number)
        #expect(id.hasPrefix("ASIA"))
        #expect(id.count == 20)
    }

    @Test func `A key with an id of its own is of its owner's account`() throws {
        let vault = try ScratchVault.furnished()
        let answer = try vault.sts(.getAccessKeyInfo, ["AccessKeyId": "\(Furniture.accessKey)"])
        #expect(answer["Account"] == "000000000000")
    }

    @Test(arguments: ["AKIA0000000000000000", "AIDAAAAAAAAAAAAAAAAA", "AKIAIAAAAAAAAAAAAAAA"])
    func `An id in which no account is has none`(id: String) {
        #expect(
            vault.refusal(ofSTS: .getAccessKeyInfo, ["AccessKeyId": .string(id)])?.code
                == "ValidationError"
        )
    }
}
