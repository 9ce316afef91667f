import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("Pages of ListSecrets")
struct ListSecretsPagingTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    /// Makes secrets without values, past the operations: it is their number that counts.
    private func fill(_ names: [String], description: String = "") throws {
        let now = vault.clock.now
        try vault.write { vault throws(APIError) in
            for name in names {
                let scope = Scope(account: "000000000000", region: "us-east-1")
                let arn = SecretARN(scope: scope, name: name, suffix: "AAAAAA")
                _ = try vault.insert(
                    NewSecret(arn: arn, description: description, createdAt: now)
                )
            }
        }
    }

    @Test("C26: without MaxResults a page holds ten secrets")
    func defaultSize() throws {
        let names = (100..<125).map { "s\($0)" }
        try fill(names)
        let pages = try vault.allPages([:])
        #expect(pages.map(\.count) == [10, 10, 5])
        #expect(pages.flatMap(\.self) == names)
    }

    @Test("a full last page has no token after it")
    func exactEnd() throws {
        try fill(["a", "b", "c", "d"])
        #expect(try vault.allPages(["MaxResults": 2]) == [["a", "b"], ["c", "d"]])
        #expect(try vault.allPages(["MaxResults": 4]) == [["a", "b", "c", "d"]])
        let page = try vault.call(.listSecrets, ["MaxResults": 2])
        #expect(page.names == ["NextToken", "SecretList"])
    }

    @Test("pages of one secret end, with scheduled ones between")
    func pagesOfOne() throws {
        for name in ["a", "b", "c", "d", "e"] { try vault.create(name) }
        for name in ["a", "c", "d"] { try vault.call(.deleteSecret, ["SecretId": "\(name)"]) }
        #expect(try vault.allPages(["MaxResults": 1]).flatMap(\.self) == ["b", "e"])
    }

    @Test("the size of the page may change on the way")
    func changingSize() throws {
        try fill(["a", "b", "c", "d"])
        let first = try vault.call(.listSecrets, ["MaxResults": 1])
        let rest: JSONValue = ["MaxResults": 100, "NextToken": first["NextToken"] ?? nil]
        #expect(try vault.allPages(rest) == [["b", "c", "d"]])
    }

    @Test("what changes on the way neither repeats nor hides what does not")
    func changesBetweenPages() throws {
        for name in ["b", "d", "f", "h"] { try vault.create(name) }
        let byName: JSONValue = ["SortBy": "name", "MaxResults": 2]
        let first = try vault.call(.listSecrets, byName)
        for name in ["a", "g"] { try vault.create(name) }
        for name in ["d", "f"] {
            try vault.call(
                .deleteSecret,
                ["SecretId": "\(name)", "ForceDeleteWithoutRecovery": true]
            )
        }
        var rest = byName
        rest.set("NextToken", first["NextToken"] ?? nil)
        #expect(try vault.allPages(rest).flatMap(\.self) == ["g", "h"])
    }

    @Test(
        "a token is bound to the filters, the order and what is included",
        arguments: [
            ["SortBy": "name"],
            ["SortOrder": "desc"],
            ["IncludePlannedDeletion": true],
            ["Filters": [["Key": "name", "Values": ["b"]]]],
            ["Filters": [["Key": "all", "Values": ["a"]]]],
            ["Filters": [["Key": "name", "Values": ["!a"]]]],
            ["Filters": [["Key": "name", "Values": ["a", "b"]]]],
            ["Filters": [["Key": "name", "Values": ["a"]], ["Key": "name", "Values": ["a"]]]],
            ["Filters": nil],
        ] as [JSONValue]
    )
    func boundToken(change: JSONValue) throws {
        try fill(["a1", "a2", "a3"])
        var request: JSONValue = [
            "MaxResults": 1, "Filters": [["Key": "name", "Values": ["a"]]],
        ]
        request.set("NextToken", try vault.call(.listSecrets, request)["NextToken"] ?? nil)
        #expect(vault.refusal(of: .listSecrets, request) == nil)
        guard case .object(let changes) = change else { return }
        for (name, value) in changes.members { request.set(name, value) }
        #expect(vault.refusal(of: .listSecrets, request) == .badNextToken)
    }

    @Test("a value that spells out several is another filter than those")
    func spelledOut() throws {
        try fill(["a1", "b1"])
        let two: JSONValue = ["MaxResults": 1, "Filters": [["Key": "all", "Values": ["a", "b"]]]]
        let token = try #require(try vault.call(.listSecrets, two)["NextToken"])
        let one: JSONValue = [
            "Filters": [["Key": "all", "Values": ["a=b"]]], "NextToken": token,
        ]
        #expect(vault.refusal(of: .listSecrets, one) == .badNextToken)
    }

    @Test("a token of another account or region is refused")
    func otherScope() throws {
        try fill(["a1", "a2"])
        let token = try #require(try vault.call(.listSecrets, ["MaxResults": 1])["NextToken"])
        for caller: Caller in [.root(account: "111122223333"), .root(region: "eu-west-1")] {
            #expect(
                vault.refusal(of: .listSecrets, ["NextToken": token], by: caller) == .badNextToken
            )
        }
    }

    @Test("a filter without an index gives short pages over many secrets, complete in the end")
    func shortPages() throws {
        try fill((0..<2_300).map { "other\(1_000 + $0)" }, description: "nothing to see")
        try fill(["x1", "x2"], description: "needle here")
        try fill((0..<2_100).map { "rest\(1_000 + $0)" })
        try fill(["x3"], description: "one more needle")
        let members: JSONValue = ["Filters": [["Key": "description", "Values": ["needle"]]]]
        let pages = try vault.allPages(members)
        #expect(pages.flatMap(\.self) == ["x1", "x2", "x3"])
        #expect(pages.count > 1)
        #expect(pages.first == [])
    }

    @Test("a name that more secrets begin with than a page may look at is found in full")
    func manyOfOneName() throws {
        let names = (0..<2_500).map { "same\(1_000 + $0)" }
        try fill(names)
        let members: JSONValue = ["Filters": [["Key": "name", "Values": ["same"]]]]
        #expect(try vault.allPages(members).flatMap(\.self) == names)
        let negated: JSONValue = ["Filters": [["Key": "name", "Values": ["!same1"]]]]
        #expect(try vault.allPages(negated).flatMap(\.self) == Array(names[1_000...]))
    }
}
