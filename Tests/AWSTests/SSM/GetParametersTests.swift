import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetParametersTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func request(_ names: [String], withDecryption: Bool = true) -> JSONValue {
        [
            "Names": .array(names.map(JSONValue.string)), "WithDecryption": .bool(withDecryption),
        ]
    }

    private func references(_ secrets: String...) -> [String] { secrets.map { secretPrefix + $0 } }

    private func values(_ answer: JSONValue) -> [String] {
        answer["Parameters"]?.texts("Value") ?? []
    }

    @Test func `C98: each secret comes as GetParameter gives it, in the order of the names`() throws
    {
        for name in ["b", "a", "c/d"] { try vault.create(name, value: "value of \(name)") }
        let answer = try vault.ssm(
            .getParameters,
            request(references("c/d", "b:AWSCURRENT", "a", "b"))
        )
        #expect(answer.names == ["InvalidParameters", "Parameters"])
        #expect(answer["InvalidParameters"] == [])
        let wanted = try ["a", "b", "b:AWSCURRENT", "c/d"].map { try vault.parameter($0) }
        #expect(answer["Parameters"]?.elements == wanted)
        #expect(values(answer).first == "value of a")
    }

    @Test func `C98: what cannot be told stands among InvalidParameters, in order and once`() throws
    {
        try vault.create("a")
        let invalid =
            references("a:", "a:b:c", "a:nosuch", "missing") + ["ordinary", "ordinary:3"]
        let answer = try vault.ssm(
            .getParameters,
            request(invalid.reversed() + references("a", "a", "missing"))
        )
        #expect(answer["InvalidParameters"]?.strings == invalid)
        #expect(values(answer) == ["first"])
    }

    @Test func `Without decryption secrets are among InvalidParameters`() throws {
        try vault.create("a")
        let names = references("a", "missing")
        let answer = try vault.ssm(.getParameters, request(names, withDecryption: false))
        #expect(answer["InvalidParameters"]?.strings == names)
        #expect(answer["Parameters"] == [])
        let without = try vault.ssm(.getParameters, ["Names": ["\(names[0])"]])
        #expect(without["InvalidParameters"]?.strings == [names[0]])
    }

    @Test func `C98: one reference that Secrets Manager refuses fails the call`() throws {
        let arn = try vault.create("a")
        try vault.create("gone")
        try vault.call(.deleteSecret, ["SecretId": "gone"])
        for (name, refusal) in [
            (secretPrefix, Refusal.dependencyFailed),
            (secretPrefix + "bad name", .dependencyFailed),
            (secretPrefix + "gone", .secretNotReady), (arn, .secretARNAsName),
        ] {
            let members = request(references("a") + [name])
            #expect(vault.refusal(of: .ssm(.getParameters), members) == refusal)
        }
    }

    @Test(
        arguments: [
            Refused(["Names": []], .constraint("'[]'", "names", atLeast(1))),
            Refused(
                ["Names": .array((0...10).map { "n\($0)" })],
                .constraint(
                    "'[n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10]'",
                    "names",
                    atMost(10)
                )
            ),
            Refused(
                ["Names": ["a", ""]],
                .constraint(
                    "'[a, ]'",
                    "names",
                    "satisfy constraint: [Member must have length less than or equal to 2048,"
                        + " Member must have length greater than or equal to 1]"
                )
            ),
            Refused(["Names": "a"], .wrongType("Expected list or null")),
        ]
    )
    func `Members that break the model are refused`(row: Refused) {
        #expect(vault.refusal(of: .ssm(.getParameters), row.members) == row.expected)
    }

    @Test func `Ten secrets are read in one call`() throws {
        let names = (0...9).map { "s\($0)" }
        for name in names { try vault.create(name, value: name) }
        let answer = try vault.ssm(.getParameters, request(names.map { secretPrefix + $0 }))
        #expect(values(answer) == names)
    }
}
