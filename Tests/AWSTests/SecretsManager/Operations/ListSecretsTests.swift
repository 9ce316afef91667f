import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("ListSecrets")
struct ListSecretsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func list(_ members: JSONValue = [:]) throws -> [String] {
        try vault.call(.listSecrets, members)["SecretList"]?.elements?
            .compactMap { $0["Name"]?.string } ?? []
    }

    @Test("an empty account has an empty list, and no token")
    func empty() throws {
        #expect(try vault.call(.listSecrets).text == #"{"SecretList":[]}"#)
    }

    @Test("an entry is what DescribeSecret says, but for the name of its labels")
    func entry() throws {
        try vault.create(
            "a",
            [
                "Description": "d", "KmsKeyId": "alias/k", "Type": "SnowflakePat",
                "Tags": [["Key": "k", "Value": "v"]],
            ]
        )
        _ = try vault.value(of: "a")
        try vault.call(.deleteSecret, ["SecretId": "a"])
        let members: JSONValue = ["IncludePlannedDeletion": true]
        let entry = try #require(try vault.call(.listSecrets, members)["SecretList"][0])
        #expect(
            entry.names == [
                "ARN", "CreatedDate", "DeletedDate", "Description", "KmsKeyId",
                "LastAccessedDate", "LastChangedDate", "Name", "SecretVersionsToStages", "Tags",
                "Type",
            ]
        )
        let described = try vault.describe("a")
        for name in entry.names ?? [] where name != "SecretVersionsToStages" {
            #expect(entry[name] == described[name], "\(name)")
        }
        #expect(entry["SecretVersionsToStages"] == described["VersionIdsToStages"])
    }

    @Test("a secret of another service is listed with its owner; an empty one without labels")
    func owner() throws {
        try vault.createOwnedByRDS("rds!db-1")
        try vault.create("empty", value: nil)
        let list = try vault.call(.listSecrets)["SecretList"]
        #expect(list[0]["OwningService"] == "rds")
        #expect(list[1]?.names == ["ARN", "CreatedDate", "LastChangedDate", "Name"])
    }

    @Test("scheduled secrets are left out unless they are asked for")
    func scheduled() throws {
        for name in ["a", "b", "c"] { try vault.create(name) }
        try vault.call(.deleteSecret, ["SecretId": "b"])
        #expect(try list() == ["a", "c"])
        #expect(try list(["IncludePlannedDeletion": false]) == ["a", "c"])
        #expect(try list(["IncludePlannedDeletion": true]) == ["a", "b", "c"])
    }

    @Test("by default the list is in the order of creation, oldest first")
    func creation() throws {
        for name in ["c", "a", "b"] {
            try vault.create(name)
            vault.clock.advance(milliseconds: 1)
        }
        #expect(try list() == ["c", "a", "b"])
        #expect(try list(["SortOrder": "desc"]) == ["b", "a", "c"])
    }

    @Test(
        "each key sorts in both directions, page by page too",
        arguments: [
            ("created-date", ["c", "B", "a", "d"]),
            ("last-changed-date", ["B", "a", "d", "c"]),
            // B was never read and counts as the oldest.
            ("last-accessed-date", ["B", "d", "c", "a"]),
            // By bytes: capitals first.
            ("name", ["B", "a", "c", "d"]),
        ]
    )
    func sorting(key: String, expected: [String]) throws {
        for name in ["c", "B", "a", "d"] {
            try vault.create(name)
            vault.clock.advance(hours: 1)
        }
        for name in ["a", "d", "c"] {
            try vault.call(.updateSecret, ["SecretId": "\(name)"])
            vault.clock.advance(hours: 1)
        }
        for name in ["d", "c", "a"] {
            _ = try vault.value(of: name)
            vault.clock.advance(days: 1)
        }
        for size in 1...5 {
            var request: JSONValue = ["SortBy": "\(key)"]
            request.set("MaxResults", .number(JSONNumber(Int64(size))))
            #expect(try everything(request) == expected)
            request.set("SortOrder", "asc")
            #expect(try everything(request) == expected)
            request.set("SortOrder", "desc")
            #expect(try everything(request) == Array(expected.reversed()))
        }
    }

    @Test("secrets with equal dates have an order too, and it is the same in every page")
    func ties() throws {
        let names = (1...9).map { "s\($0)" }
        for name in names { try vault.create(name) }
        #expect(try everything(["MaxResults": 2]) == names)
        #expect(
            try everything(["MaxResults": 2, "SortBy": "last-accessed-date", "SortOrder": "desc"])
                == names.reversed()
        )
    }

    @Test("members out of bounds are refused in AWS's words", arguments: refusedLists)
    func refusals(row: Refused) {
        #expect(vault.refusal(of: .listSecrets, row.members) == row.expected)
    }

    /// The names on all pages.
    private func everything(_ members: JSONValue) throws -> [String] {
        try vault.allPages(members).flatMap(\.self)
    }
}

extension ScratchVault {
    /// The names on each page of ListSecrets, to the end.
    func allPages(_ members: JSONValue) throws -> [[String]] {
        var request = members
        var pages: [[String]] = []
        var token: JSONValue?
        repeat {
            if let token { request.set("NextToken", token) }
            let page = try call(.listSecrets, request)
            pages.append(
                page["SecretList"]?.elements?.compactMap { $0["Name"]?.string } ?? []
            )
            token = page["NextToken"]
        } while token != nil && pages.count < 10_000
        return pages
    }
}

private let keys =
    "satisfy enum value set: [description, name, tag-key, tag-value, primary-region,"
    + " owning-service, all]"
private let valueRules =
    "satisfy constraint: [Member must have length less than or equal to 512,"
    + " Member must have length greater than or equal to 0,"
    + #" Member must satisfy regular expression pattern: ^\!?[a-zA-Z0-9 :_@\/\+\=\.\-\!]*$]"#

private let refusedLists = [
    Refused(
        ["MaxResults": 0],
        .constraint("'0'", "maxResults", "have value greater than or equal to 1")
    ),
    Refused(
        ["MaxResults": 101],
        .constraint("'101'", "maxResults", "have value less than or equal to 100")
    ),
    Refused(
        ["SortOrder": "x"],
        .constraint("'x'", "sortOrder", "satisfy enum value set: [asc, desc]")
    ),
    Refused(
        ["SortOrder": "ASC"],
        .constraint("'ASC'", "sortOrder", "satisfy enum value set: [asc, desc]")
    ),
    Refused(
        ["SortBy": "x"],
        .constraint(
            "'x'",
            "sortBy",
            "satisfy enum value set: [created-date, last-accessed-date, last-changed-date, name]"
        )
    ),
    Refused(["NextToken": ""], .constraint("''", "nextToken", atLeast(1))),
    Refused(["NextToken": "nonsense"], .badNextToken),
    Refused(
        ["Filters": [["Key": "x", "Values": ["a"]]]],
        .constraint("'x'", "filters.1.member.key", keys)
    ),
    Refused(["Filters": [["Values": ["a"]]]], .invalid("You must provide a key for each filter.")),
    Refused(
        ["Filters": [["Key": "name"]]],
        .invalid("Invalid filter values for key: name")
    ),
    Refused(
        ["Filters": [["Key": "name", "Values": ["a"]], ["Key": "name", "Values": []]]],
        .constraint("'[]'", "filters.2.member.values", atLeast(1))
    ),
    Refused(
        ["Filters": [["Key": "all", "Values": .array(Array(repeating: "v", count: 11))]]],
        .constraint(
            "'[v, v, v, v, v, v, v, v, v, v, v]'",
            "filters.1.member.values",
            atMost(10)
        )
    ),
    Refused(
        ["Filters": [["Key": "all", "Values": ["a#b"]]]],
        .constraint("'[a#b]'", "filters.1.member.values", valueRules)
    ),
    Refused(
        ["Filters": [["Key": "all", "Values": ["\(long(513))"]]]],
        .constraint("'[\(long(513))]'", "filters.1.member.values", valueRules)
    ),
    Refused(
        ["Filters": ["Key": "name"]],
        .wrongType("Start of structure or map found where not expected.")
    ),
]
