import AWS
import JSON
import TestSupport
import Testing

/// Filters, written as `key: value, value`, and the secrets that they find.
struct FilterRow: Sendable, CustomTestStringConvertible {
    let filters: [(String, [String])]
    let found: [String]

    init(_ filters: (String, [String])..., found: [String]) {
        self.filters = filters
        self.found = found
    }

    var testDescription: String {
        filters.map { "\($0.0): \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
    }

    var members: JSONValue {
        let list = filters.map { key, values -> JSONValue in
            ["Key": "\(key)", "Values": .array(values.map(JSONValue.string))]
        }
        return ["Filters": .array(list)]
    }
}

@Suite("Filters of ListSecrets")
struct ListSecretsFilterTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func list(_ row: FilterRow) throws -> [String] {
        try vault.allPages(row.members).flatMap(\.self)
    }

    @Test("names, tags and owners are found by how they begin", arguments: beginnings)
    func beginning(row: FilterRow) throws {
        try vault.create("prod/db", ["Tags": [["Key": "team", "Value": "Blue"]]])
        try vault.create("prod/api", ["Tags": [["Key": "Team", "Value": "blue"], ["Key": "x"]]])
        try vault.create("dev-prod")
        try vault.create("Prod")
        try vault.createOwnedByRDS("rds!db")
        #expect(try list(row) == row.found)
    }

    @Test("a description is found word by word, as recorded", arguments: descriptions)
    func description(row: FilterRow) throws {
        for (name, text) in [
            ("1", "a secret"), ("2", "an secret"), ("3", "asecret"), ("4", "one two"), ("5", ""),
        ] {
            try vault.create(name, ["Description": "\(text)"])
        }
        #expect(try list(row) == row.found)
    }

    @Test("the filter on everything looks at names, descriptions and tags", arguments: everywhere)
    func all(row: FilterRow) throws {
        try vault.create("SecretOne")
        try vault.create("COMPANYthings")
        try vault.create("prod-AppBeta/key")
        try vault.create("plain", ["Description": "one of Two"])
        try vault.create("tagged", ["Tags": [["Key": "first-Key", "Value": "someValue"]]])
        #expect(try list(row) == row.found)
    }

    @Test("ten filters with ten values each are allowed")
    func many() throws {
        try vault.create("a")
        let values = (1...9).map { "no\($0)" } + ["a"]
        let filters = Array(repeating: ("name", values), count: 10)
        let members = JSONValue.array(
            filters.map { ["Key": "\($0.0)", "Values": .array($0.1.map(JSONValue.string))] }
        )
        #expect(try vault.allPages(["Filters": members]) == [["a"]])
        #expect(try vault.allPages(["Filters": []]) == [["a"]])
    }

    @Test("eleven filters are refused")
    func tooMany() {
        let filter: JSONValue = ["Key": "name", "Values": ["a"]]
        let members: JSONValue = ["Filters": .array(Array(repeating: filter, count: 11))]
        #expect(vault.refusal(of: .listSecrets, members)?.code == "ValidationException")
    }

    @Test("scheduled secrets are found only when they are asked for")
    func scheduled() throws {
        try vault.create("ab")
        try vault.create("ac")
        try vault.call(.deleteSecret, ["SecretId": "ab"])
        var members = FilterRow(("name", ["a"]), found: []).members
        #expect(try vault.allPages(members) == [["ac"]])
        members.set("IncludePlannedDeletion", true)
        #expect(try vault.allPages(members) == [["ab", "ac"]])
    }

    @Test(
        "a found list is sorted as it is asked for, with and without an index",
        arguments: [
            "name", "all",
        ]
    )
    func sorted(key: String) throws {
        for name in ["p/b", "p/a", "q", "p/c"] {
            try vault.create(name)
            vault.clock.advance(milliseconds: 1)
        }
        var members = FilterRow((key, ["p"]), found: []).members
        #expect(try vault.allPages(members).flatMap(\.self) == ["p/b", "p/a", "p/c"])
        members.set("SortBy", "name")
        #expect(try vault.allPages(members).flatMap(\.self) == ["p/a", "p/b", "p/c"])
        members.set("SortOrder", "desc")
        members.set("MaxResults", 1)
        #expect(try vault.allPages(members).flatMap(\.self) == ["p/c", "p/b", "p/a"])
    }
}

private let allNames = ["prod/db", "prod/api", "dev-prod", "Prod", "rds!db"]

private let beginnings = [
    FilterRow(("name", ["prod"]), found: ["prod/db", "prod/api"]),
    FilterRow(("name", ["prod/"]), found: ["prod/db", "prod/api"]),
    FilterRow(("name", ["prod/a"]), found: ["prod/api"]),
    FilterRow(("name", ["db"]), found: []),
    FilterRow(("name", ["Prod", "dev"]), found: ["dev-prod", "Prod"]),
    FilterRow(("name", ["!prod"]), found: ["dev-prod", "Prod", "rds!db"]),
    FilterRow(("name", ["!prod", "prod/a"]), found: ["prod/api", "dev-prod", "Prod", "rds!db"]),
    FilterRow(("name", ["prod"]), ("name", ["prod/d"]), found: ["prod/db"]),
    FilterRow(("name", ["prod"]), ("name", ["!prod/d"]), found: ["prod/api"]),
    FilterRow(("name", [""]), found: allNames),
    FilterRow(("name", ["!"]), found: []),
    FilterRow(("tag-key", ["te"]), found: ["prod/db"]),
    FilterRow(("tag-key", ["Team"]), found: ["prod/api"]),
    FilterRow(("tag-key", ["eam"]), found: []),
    FilterRow(("tag-key", ["!T"]), found: ["prod/db", "dev-prod", "Prod", "rds!db"]),
    FilterRow(("tag-key", ["x", "team"]), found: ["prod/db", "prod/api"]),
    FilterRow(("tag-value", ["blue"]), found: ["prod/api"]),
    FilterRow(("tag-value", ["Bl"]), found: ["prod/db"]),
    FilterRow(("tag-value", ["!b"]), found: ["prod/db", "dev-prod", "Prod", "rds!db"]),
    FilterRow(("tag-key", ["team"]), ("tag-value", ["blue"]), found: []),
    FilterRow(("tag-key", ["Team"]), ("name", ["prod"]), found: ["prod/api"]),
    FilterRow(("owning-service", ["RD"]), found: ["rds!db"]),
    FilterRow(("owning-service", ["!rds"]), found: ["prod/db", "prod/api", "dev-prod", "Prod"]),
    FilterRow(("primary-region", ["us-"]), found: []),
    FilterRow(("primary-region", ["!us-"]), found: allNames),
]

private let descriptions = [
    FilterRow(("description", ["a"]), found: ["1", "2", "3"]),
    FilterRow(("description", ["a secret"]), found: ["1", "2"]),
    FilterRow(("description", ["!a"]), found: ["4", "5"]),
    FilterRow(("description", ["!c"]), found: ["1", "2", "3", "4", "5"]),
    FilterRow(("description", ["o t"]), found: ["4"]),
    FilterRow(("description", ["t o"]), found: ["4"]),
    FilterRow(("description", ["ONE"]), found: ["4"]),
    FilterRow(("description", ["ne"]), found: []),
    FilterRow(("description", ["asecret", "two"]), found: ["3", "4"]),
    FilterRow(("description", ["a"]), ("description", ["secret"]), found: ["1", "2"]),
    FilterRow(("description", ["a"]), ("name", ["3"]), found: ["3"]),
]

private let everywhere = [
    FilterRow(("all", ["One"]), found: ["SecretOne", "plain"]),
    FilterRow(("all", ["one two"]), found: ["plain"]),
    FilterRow(("all", ["ret"]), found: []),
    FilterRow(("all", ["secretone"]), found: ["SecretOne"]),
    FilterRow(("all", ["Ythings"]), found: ["COMPANYthings"]),
    FilterRow(("all", ["things"]), found: []),
    FilterRow(("all", ["pany"]), found: []),
    FilterRow(("all", ["key"]), found: ["tagged"]),
    FilterRow(("all", ["some"]), found: ["tagged"]),
    FilterRow(("all", ["value first"]), found: ["tagged"]),
    FilterRow(("all", ["prod-app"]), found: ["prod-AppBeta/key"]),
    FilterRow(("all", ["/"]), found: []),
    FilterRow(("all", ["!one"]), found: ["COMPANYthings", "prod-AppBeta/key", "tagged"]),
    FilterRow(("all", ["plain", "tagged"]), found: ["plain", "tagged"]),
]
