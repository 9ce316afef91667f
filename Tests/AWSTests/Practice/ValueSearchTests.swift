import JSON
import Notation
import TestSupport
import Testing

@testable import AWS

@Suite struct ValueSearchTests {
    let scratch: ScratchVault

    init() throws {
        scratch = try ScratchVault()
    }

    private func create(_ name: String, _ value: String) throws {
        try scratch.call(.createSecret, ["Name": "\(name)", "SecretString": "\(value)"])
    }

    private func search(_ texts: String...) throws -> [ValueSearch.Occurrence] {
        let search = try scratch.vault.reading { vault throws(APIError) in
            try ValueSearch(account: "000000000000", prefix: "", vault)
        }
        return search.occurrences(in: texts.map { Array($0.utf8) })
    }

    @Test func `A value is found where it begins, once in each text`() throws {
        try create("a", "calm-otter-7")
        let found = try search("x=1\nTOKEN=calm-otter-7\ncalm-otter-7", "nothing", "calm-otter-7")
        #expect(found.map(\.text) == [0, 2])
        #expect(found.map(\.offset) == [10, 0])
        #expect(found.map(\.owner.name) == ["a", "a"])
        #expect(found.map(\.owner.stagingLabel) == ["AWSCURRENT", "AWSCURRENT"])
    }

    @Test(arguments: [
        // As JSON and URLs write it, and as Kubernetes keeps it.
        (#"calm "otter" 7"#, #"{"a":"calm \"otter\" 7"}"#),
        ("calm otter/7", "https://h/?t=calm%20otter%2F7"),
        ("calm-otter-seven", "  token: Y2FsbS1vdHRlci1zZXZlbg=="),
        // By its longest line, however that is indented.
        ("-----BEGIN-----\nMIIEvQIBADANBgkqh\n-----END-----\n", "    MIIEvQIBADANBgkqh\r\n"),
        // What is secret inside it.
        ("postgresql://u:calm-otter-7@host/db", "PGPASSWORD=calm-otter-7"),
        ("postgresql://u:calm%40otter-7@host/db", "PGPASSWORD=calm@otter-7"),
        (#"{"username":"somebody","password":"calm-otter-7"}"#, "calm-otter-7"),
        (#"{"stripe":"invented-stripe-key"}"#, "k = invented-stripe-key"),
        ("calm-otter-7\n", "calm-otter-7"),
    ])
    func `A value is found in other clothes`(value: String, text: String) throws {
        try create("a", value)
        #expect(try search(text).count == 1)
    }

    @Test(arguments: [
        // Too short, a placeholder, what is not secret, what is not the whole value.
        ("seven77", "seven77"), ("changeme", "changeme"), ("password", "password"),
        (#"{"username":"driftsentry","password":"calm-otter-7"}"#, "driftsentry"),
        (#"{"host":"database.prod.example","password":"calm-otter-7"}"#, "database.prod.example"),
        (#"{"log":"information"}"#, "information"),
        ("calm-otter-7", "calm-otter-"),
    ])
    func `What betrays nothing is not found`(value: String, text: String) throws {
        try create("a", value)
        #expect(try search(text).isEmpty)
    }

    @Test func `A version is looked for as long as it has a staging label`() throws {
        try create("a", "first-value-of-it")
        try scratch.call(.putSecretValue, ["SecretId": "a", "SecretString": "second-value-of-it"])
        let text = "first-value-of-it second-value-of-it"
        #expect(
            try search(text).map(\.owner.stagingLabel) == ["AWSPREVIOUS", "AWSCURRENT"]
        )
        try scratch.call(.putSecretValue, ["SecretId": "a", "SecretString": "third-value-of-it"])
        #expect(try search(text).map(\.owner.stagingLabel) == ["AWSPREVIOUS"])
    }

    @Test func `A long value is found by its beginning`() throws {
        let value = String(repeating: "0123456789abcdef", count: 1_000)
        try create("a", value)
        #expect(try search("..." + value).map(\.offset) == [3])
        #expect(try search(String(value.prefix(4_095))).isEmpty)
        #expect(ValueSearch.overlap == 4_095)
    }

    @Test func `Another account's values are not looked for`() throws {
        try scratch.call(
            .createSecret,
            ["Name": "b", "SecretString": "calm-otter-7"],
            by: .root(account: "111111111111")
        )
        #expect(try search("calm-otter-7").isEmpty)
    }
}
