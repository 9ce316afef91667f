import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("BatchGetSecretValue")
struct BatchGetSecretValueTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func batch(_ ids: [String]) throws -> JSONValue {
        try vault.call(
            .batchGetSecretValue,
            ["SecretIdList": .array(ids.map(JSONValue.string))]
        )
    }

    private func names(_ answer: JSONValue) -> [String] {
        answer["SecretValues"]?.elements?.compactMap { $0["Name"]?.string } ?? []
    }

    @Test("each value comes as GetSecretValue gives it, in the order of the request")
    func shape() throws {
        try vault.create("a", value: "one")
        try vault.call(.createSecret, ["Name": "b", "SecretBinary": "/w=="])
        let answer = try batch(["b", "a"])
        #expect(answer.names == ["Errors", "SecretValues"])
        #expect(answer["Errors"] == [])
        #expect(names(answer).sorted() == ["a", "b"])
        for index in 0...1 {
            let name = names(answer)[index]
            let alone = try vault.call(.getSecretValue, ["SecretId": "\(name)"])
            #expect(answer["SecretValues"][index] == alone)
            #expect(answer["SecretValues"][index]?.names == alone.names)
        }
    }

    @Test("secrets are found by name, ARN and partial ARN; a SecretId given twice comes once")
    func identification() throws {
        let arns = try ["a", "b", "c"].map { try vault.create($0) }
        let answer = try batch(["a", "\(arns[1])", "\(arns[2].dropLast(7))", "a"])
        #expect(names(answer).sorted() == ["a", "b", "c"])
    }

    @Test("a secret that cannot be read is told among Errors, by the SecretId as it was sent")
    func errors() throws {
        try vault.create("good")
        try vault.create("empty", value: nil)
        let arn = try vault.create("gone")
        try vault.call(.deleteSecret, ["SecretId": "gone"])
        let answer = try batch(["unknown", "good", "empty", arn, "bad name"])
        #expect(names(answer) == ["good"])
        let errors = try #require(answer["Errors"]?.elements)
        #expect(
            errors.map(\.names) == Array(repeating: ["ErrorCode", "Message", "SecretId"], count: 4)
        )
        let told = errors.map { error in
            (
                error["SecretId"]?.string,
                Refusal(error["ErrorCode"]?.string ?? "", error["Message"]?.string)
            )
        }
        let expected = [
            "unknown": .unknownSecret, "empty": .nothingUnder(label: "AWSCURRENT"),
            arn: .scheduled, "bad name": Refusal.badName,
        ]
        #expect(
            Dictionary(uniqueKeysWithValues: told.map { ($0.0 ?? "", $0.1) }) == expected
        )
    }

    @Test("when no secret can be read the call is a success with an empty list")
    func allFail() throws {
        let answer = try batch(["x", "y"])
        #expect(answer["SecretValues"] == [])
        #expect(answer["Errors"]?.elements?.count == 2)
    }

    @Test("reading in a batch counts as access of each secret that was read")
    func access() throws {
        try vault.create("a")
        try vault.create("b")
        _ = try batch(["a", "unknown"])
        #expect(try vault.describe("a")["LastAccessedDate"]?.integer == firstDay)
        #expect(try vault.describe("b")["LastAccessedDate"] == nil)
    }

    @Test("twenty secrets are read in one call")
    func twenty() throws {
        let wanted = (1...20).map { "s\($0)" }
        for name in wanted { try vault.create(name) }
        #expect(try Set(names(batch(wanted))) == Set(wanted))
    }

    @Test("requests that AWS refuses are refused in its words", arguments: refusedBatches)
    func refusals(row: Refused) {
        #expect(vault.refusal(of: .batchGetSecretValue, row.members) == row.expected)
    }
}

@Suite("BatchGetSecretValue with filters")
struct FilteredBatchTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func batch(_ others: JSONValue = [:]) throws -> JSONValue {
        var members = others
        members.set("Filters", [["Key": "name", "Values": ["s"]]])
        return try vault.call(.batchGetSecretValue, members)
    }

    private func names(_ answer: JSONValue) -> [String] {
        answer["SecretValues"]?.elements?.compactMap { $0["Name"]?.string } ?? []
    }

    @Test("secrets that match come, scheduled ones left out")
    func filters() throws {
        for name in ["s3", "other", "s1", "s2"] {
            try vault.create(name)
            vault.clock.advance(milliseconds: 1)
        }
        try vault.call(.deleteSecret, ["SecretId": "s1"])
        let answer = try batch()
        #expect(answer.names == ["Errors", "SecretValues"])
        #expect(names(answer).sorted() == ["s2", "s3"])
    }

    @Test("pages hold twenty at most, and each secret comes once", arguments: [nil, 1, 7, 20])
    func pages(size: Int64?) throws {
        let wanted = (10...54).map { "s\($0)" }
        for name in wanted { try vault.create(name) }
        var request: JSONValue = [:]
        if let size { request.set("MaxResults", .number(JSONNumber(size))) }
        var seen: [String] = []
        var page: JSONValue
        repeat {
            page = try batch(request)
            let names = names(page)
            #expect(names.count <= size ?? 20)
            seen += names
            request.set("NextToken", page["NextToken"] ?? nil)
        } while page["NextToken"] != nil
        #expect(seen.sorted() == wanted)
    }

    @Test("a token of another filter is refused")
    func foreignToken() throws {
        for name in ["s1", "s2"] { try vault.create(name) }
        let page = try batch(["MaxResults": 1])
        #expect(page.names == ["Errors", "NextToken", "SecretValues"])
        let other: JSONValue = [
            "Filters": [["Key": "name", "Values": ["t"]]], "NextToken": page["NextToken"] ?? nil,
        ]
        #expect(vault.refusal(of: .batchGetSecretValue, other) == .badNextToken)
    }
}

private let idsOrFilters = Refusal.invalid(
    "Either 'SecretIdList' or 'Filters' must be provided, but not both."
)
private let ids21 = (1...21).map { "id\($0)" }
private let filter: JSONValue = ["Key": "name", "Values": ["a"]]

private let refusedBatches = [
    Refused([:], idsOrFilters),
    Refused(["SecretIdList": nil, "Filters": nil], idsOrFilters),
    Refused(["SecretIdList": ["a"], "Filters": [filter]], idsOrFilters),
    Refused(["MaxResults": 1], idsOrFilters),
    Refused(
        ["SecretIdList": ["a"], "MaxResults": 1],
        .invalid(
            "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is"
                + " provided."
        )
    ),
    Refused(
        ["SecretIdList": ["a"], "NextToken": "x"],
        .invalid(
            "'Filters' not specified. 'Filters' must also be specified when 'NextToken' is"
                + " provided."
        )
    ),
    Refused(["SecretIdList": []], .constraint("'[]'", "secretIdList", atLeast(1))),
    Refused(
        ["SecretIdList": .array(ids21.map(JSONValue.string))],
        .constraint("'[\(ids21.joined(separator: ", "))]'", "secretIdList", atMost(20))
    ),
    Refused(
        ["SecretIdList": [""]],
        .constraint(
            "'[]'",
            "secretIdList",
            "satisfy constraint: [Member must have length less than or equal to 2048,"
                + " Member must have length greater than or equal to 1]"
        )
    ),
    Refused(
        ["Filters": [filter], "MaxResults": 21],
        .constraint("'21'", "maxResults", "have value less than or equal to 20")
    ),
    Refused(
        ["Filters": [filter], "MaxResults": 0],
        .constraint("'0'", "maxResults", "have value greater than or equal to 1")
    ),
    Refused(["Filters": [filter], "NextToken": "x"], .badNextToken),
    Refused(
        ["Filters": [["Key": "nonsense", "Values": ["a"]]]],
        .constraint(
            "'nonsense'",
            "filters.1.member.key",
            "satisfy enum value set: [description, name, tag-key, tag-value, primary-region,"
                + " owning-service, all]"
        )
    ),
    Refused(["SecretIdList": "a"], .wrongType("Expected list or null")),
]
