import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("ListResourcePolicies")
struct ListResourcePoliciesTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a")
    }

    private func list(_ others: JSONValue = [:]) throws -> JSONValue {
        let members = Refused(others, .badNextToken).members(and: ["SecretId": "a"])
        return try vault.call(.listResourcePolicies, members)
    }

    private func names(_ answer: JSONValue) -> [String?]? {
        answer["ResourcePolicies"]?.elements?.map { $0["PolicyName"]?.string }
    }

    /// Policies of other names, which only replication between accounts makes.
    private func attachOthers() throws {
        try vault.write { vault throws(APIError) in
            let scope = Scope(account: "000000000000", region: "us-east-1")
            guard let secret = try vault.secret(at: .name("a", scope)) else { return }
            for name in ["zebra", "default", "aardvark"] {
                try vault.setResourcePolicy("{}", named: name, of: secret)
            }
        }
    }

    @Test("a secret without a policy has an empty list")
    func none() throws {
        #expect(try list().text == #"{"ResourcePolicies":[]}"#)
    }

    @Test("the default policy comes first, then the others in alphabetical order")
    func order() throws {
        try attachOthers()
        #expect(try names(list()) == ["default", "aardvark", "zebra"])
    }

    @Test("pages of any size hold each name once", arguments: [1, 2, 3, 100])
    func pages(size: Int) throws {
        try attachOthers()
        var all: [String?] = []
        var token: JSONValue = nil
        repeat {
            let page = try list([
                "MaxResults": .number(JSONNumber(Int64(size))), "NextToken": token,
            ])
            all += names(page) ?? []
            token = page["NextToken"] ?? nil
        } while token != nil
        #expect(all == ["default", "aardvark", "zebra"])
    }

    @Test("a token of another secret's list is refused")
    func foreignToken() throws {
        try attachOthers()
        let token = try list(["MaxResults": 1])["NextToken"] ?? nil
        try vault.create("b")
        #expect(
            vault.refusal(of: .listResourcePolicies, ["SecretId": "b", "NextToken": token])
                == .badNextToken
        )
        #expect(
            vault.refusal(of: .listResourcePolicies, ["SecretId": "a", "NextToken": "x"])
                == .badNextToken
        )
    }

    @Test("a page has from 1 to 100 names")
    func bounds() {
        for (size, rule) in [(0, "greater than or equal to 1"), (101, "less than or equal to 100")]
        {
            #expect(
                vault.refusal(
                    of: .listResourcePolicies,
                    ["SecretId": "a", "MaxResults": .number(JSONNumber(Int64(size)))]
                ) == .constraint("'\(size)'", "maxResults", "have value \(rule)")
            )
        }
    }
}
