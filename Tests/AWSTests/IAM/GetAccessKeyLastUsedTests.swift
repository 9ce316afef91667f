import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetAccessKeyLastUsedTests {
    let vault: ScratchVault
    let id: String

    init() throws {
        vault = try ScratchVault()
        try vault.create(.user, "ci")
        id = try vault.createAccessKey(of: "ci")
    }

    @Test func `A key that was not used says so, and whose it is`() throws {
        #expect(
            try vault.iam(.getAccessKeyLastUsed, ["AccessKeyId": "\(id)"]).text
                == #"{"UserName":"ci","AccessKeyLastUsed":{"ServiceName":"N/A","Region":"N/A"}}"#
        )
    }

    @Test func `A key of the root names no user`() throws {
        let own = try vault.createAccessKey()
        let answer = try vault.iam(.getAccessKeyLastUsed, ["AccessKeyId": "\(own)"])
        #expect(answer.names == ["AccessKeyLastUsed"])
    }

    @Test func `A key that is not there, or another account's, is not found`() throws {
        let nobodys = "AKIAAAAAAAAAAAAAAAAA"
        #expect(
            vault.refusal(ofIAM: .getAccessKeyLastUsed, ["AccessKeyId": "\(nobodys)"])
                == .noAccessKey(nobodys)
        )
        #expect(
            vault.refusal(ofIAM: .getAccessKeyLastUsed, ["AccessKeyId": "\(id)"], by: stranger)
                == .noAccessKey(id)
        )
    }

    @Test(arguments: refusedKeyIDs)
    func `An id that breaks the model is refused`(row: Refused) throws {
        try vault.expect(
            .getAccessKeyLastUsed,
            row.members,
            isRefusedWith: row.expected.inQuery
        )
    }
}
