import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("ListSecretVersionIds")
struct ListSecretVersionIDsTests {
    let vault: ScratchVault
    let arn: String

    /// Versions 1 to 4, a second apart; 2 has no label.
    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", value: "one", token: version("1"))
        for (id, stages) in [("2", ["AWSPENDING"]), ("3", ["AWSPENDING"]), ("4", ["AWSCURRENT"])] {
            vault.clock.advance(milliseconds: 1_000)
            try vault.put(id, on: "a", token: version(id), stages: stages)
        }
        try vault.put("3", on: "a", token: version("3"), stages: ["mine"])
    }

    private func list(_ others: JSONValue = [:]) throws -> JSONValue {
        var members = others
        members.set("SecretId", "a")
        return try vault.call(.listSecretVersionIDs, members)
    }

    private func ids(_ page: JSONValue) -> [String] {
        page["Versions"]?.elements?.compactMap { $0["VersionId"]?.string?.suffix(1) }
            .map(String.init) ?? []
    }

    @Test("the answer has the ARN, the name and the versions with labels, newest first")
    func shape() throws {
        let answer = try list()
        #expect(answer.names == ["ARN", "Name", "Versions"])
        #expect(answer["ARN"]?.string == arn)
        #expect(answer["Name"] == "a")
        #expect(ids(answer) == ["4", "3", "1"])
        #expect(
            answer["Versions"][0]?.text
                == #"{"CreatedDate":1768471203,"KmsKeyIds":["DefaultEncryptionKey"],"#
                + #""VersionId":"\#(version("4"))","VersionStages":["AWSCURRENT"]}"#
        )
        #expect(ids(try list(["IncludeDeprecated": false])) == ["4", "3", "1"])
    }

    @Test("with deprecated versions it comes oldest first, and those have no VersionStages")
    func deprecated() throws {
        let answer = try list(["IncludeDeprecated": true])
        #expect(ids(answer) == ["1", "2", "3", "4"])
        #expect(answer["Versions"][1]?.names == ["CreatedDate", "KmsKeyIds", "VersionId"])
        #expect(answer["Versions"][0]["VersionStages"] == ["AWSPREVIOUS"])
    }

    @Test("LastAccessedDate is on the versions that were read, in its place")
    func accessed() throws {
        _ = try vault.value(of: "a")
        let versions = try list()["Versions"]
        #expect(
            versions[0]?.names
                == ["CreatedDate", "KmsKeyIds", "LastAccessedDate", "VersionId", "VersionStages"]
        )
        #expect(versions[0]["LastAccessedDate"]?.integer == firstDay)
        #expect(versions[1]["LastAccessedDate"] == nil)
    }

    @Test("a key that was given is among KmsKeyIds")
    func keys() throws {
        try vault.create("b", ["KmsKeyId": "alias/k"])
        #expect(try vault.allVersions(of: "b")[0]["KmsKeyIds"] == ["alias/k"])
    }

    @Test("an empty secret has no versions")
    func empty() throws {
        try vault.create("empty", value: nil)
        #expect(
            try vault.call(.listSecretVersionIDs, ["SecretId": "empty"])["Versions"] == []
        )
    }

    @Test("a scheduled secret is listed all the same")
    func scheduled() throws {
        try vault.call(.deleteSecret, ["SecretId": "a"])
        #expect(ids(try list()) == ["4", "3", "1"])
    }

    @Test("pages of any size hold each version once", arguments: 1...5, [false, true])
    func pages(size: Int64, deprecated: Bool) throws {
        var seen: [String] = []
        var request: JSONValue = [
            "MaxResults": .number(JSONNumber(size)), "IncludeDeprecated": .bool(deprecated),
        ]
        var page = try list(request)
        seen += ids(page)
        while let token = page["NextToken"] {
            #expect(page.names == ["ARN", "Name", "NextToken", "Versions"])
            request.set("NextToken", token)
            page = try list(request)
            seen += ids(page)
        }
        #expect(seen == (deprecated ? ["1", "2", "3", "4"] : ["4", "3", "1"]))
    }

    @Test("without MaxResults a page holds a hundred versions, which is all there are")
    func defaultSize() throws {
        for number in 5...100 {
            try vault.put("v", on: "a", token: version("v\(number)"))
        }
        let answer = try list(["IncludeDeprecated": true])
        #expect(answer["Versions"]?.elements?.count == 100)
        #expect(answer["NextToken"] == nil)
    }

    @Test("a token of another secret, or of another question, is refused")
    func foreignToken() throws {
        try vault.create("b", token: version("1"))
        let token = try #require(try list(["MaxResults": 1])["NextToken"])
        #expect(
            vault.refusal(of: .listSecretVersionIDs, ["SecretId": "b", "NextToken": token])
                == .badNextToken
        )
        #expect(
            vault.refusal(
                of: .listSecretVersionIDs,
                ["SecretId": "a", "NextToken": token, "IncludeDeprecated": true]
            ) == .badNextToken
        )
    }

    @Test("members out of bounds are refused in AWS's words", arguments: refusedLists)
    func refusals(row: Refused) {
        let members = row.members(and: ["SecretId": "a"])
        #expect(vault.refusal(of: .listSecretVersionIDs, members) == row.expected)
    }
}

private let refusedLists = [
    Refused(
        ["MaxResults": 0],
        .constraint("'0'", "maxResults", "have value greater than or equal to 1")
    ),
    Refused(
        ["MaxResults": 101],
        .constraint("'101'", "maxResults", "have value less than or equal to 100")
    ),
    Refused(["NextToken": "x"], .badNextToken),
    Refused(["NextToken": ""], .constraint("''", "nextToken", atLeast(1))),
    Refused(
        ["NextToken": "\(long(4_097))"],
        .constraint("'\(long(4_097))'", "nextToken", atMost(4_096))
    ),
    Refused(["SecretId": "b"], .unknownSecret),
]
