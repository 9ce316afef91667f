import AWS
import Notation
import Testing

@testable import PocketvaultServer

@Suite("Seed documents")
struct SeedDocumentTests {
    private func read(_ text: String) throws(SeedError) -> [SeedSecret] {
        try SeedDocument(Array(text.utf8), file: "seed.json", defaultScope: .here).secrets
    }

    private func readSecret(_ members: String) throws -> SeedSecret {
        try #require(try read(#"{"version":1,"secrets":[{"name":"a",\#(members)}]}"#).first)
    }

    private func text(of version: SeedVersion?) -> String? {
        guard case .fixed(let value)? = version?.value, value.kind == .string else { return nil }
        return String(decoding: value.bytes, as: UTF8.self)
    }

    @Test("an empty list of secrets is fine")
    func empty() throws {
        #expect(try read(#"{"version":1,"secrets":[]}"#).isEmpty)
    }

    @Test(
        "a value is a string as it is, or other JSON as its text",
        arguments: [
            (#""plain""#, "plain"), (#""two\nlines\n""#, "two\nlines\n"), ("5", "5"),
            ("1.50", "1.50"), ("true", "true"),
            (#"{"b": 1, "a": [2, null]}"#, #"{"b":1,"a":[2,null]}"#),
            ("[]", "[]"), (#""é\u0000""#, "é\u{0}"),
        ]
    )
    func values(_ written: String, _ stored: String) throws {
        let secret = try readSecret(#""value":\#(written)"#)
        #expect(text(of: secret.versions.first) == stored)
    }

    @Test("rotation functions are read in their order, the first that fits is the one")
    func rotationFunctions() throws {
        let text = #"""
            {"version":1,"secrets":[],"rotationFunctions":{
              "*:shop-*":"./rotate.sh","*":"builtin:postgresql-single-user"}}
            """#
        let document = try SeedDocument(Array(text.utf8), file: "seed.json", defaultScope: .here)
        let list = RotationFunctionList(functions: try SeedPlan([document]).rotationFunctions)
        #expect(list.target(of: "arn:shop-db") == .command("./rotate.sh"))
        guard case .builtIn(let rotation)? = list.target(of: "arn:other") else {
            Issue.record("not built in")
            return
        }
        #expect(rotation.kind == .postgreSQL(.single))
    }

    @Test(
        "a rotation function that makes no sense is refused with its line",
        arguments: [
            (#"["*"]"#, "seed.json:2: rotationFunctions: must be an object"),
            (#"{"*":5}"#, "seed.json:2: rotationFunctions.*: must be a string"),
            (#"{"*":""}"#, "seed.json:2: rotationFunctions.*: there is no target"),
            (
                #"{"*":"builtin:random-password?ExcludeNumbers=no"}"#,
                "seed.json:2: rotationFunctions.*: ExcludeNumbers must be true or false"
            ),
        ]
    )
    func refusedRotationFunctions(written: String, message: String) {
        let text = "{\"version\":1,\"secrets\":[],\n\"rotationFunctions\":\(written)}"
        let error = #expect(throws: SeedError.self) { try read(text) }
        #expect(error?.description == message)
    }

    @Test("all members are read")
    func allMembers() throws {
        let secret = try readSecret(
            #"""
            "description":"d","kmsKeyId":"alias/k","owningService":"rds","arnSuffix":"AbC123",
            "tags":{"Project":"Demo","Empty":""},
            "versions":[
              {"value":"one","stages":["AWSPREVIOUS"],"id":"11111111-1111-4111-8111-111111111111"},
              {"binary":"AP8="},
              {"generate":{"PasswordLength":20,"ExcludePunctuation":true},"stages":["blue"]}]
            """#
        )
        #expect(secret.description == "d")
        #expect(secret.kmsKeyID == "alias/k")
        #expect(secret.owningService == "rds")
        #expect(secret.arnSuffix == "AbC123")
        #expect(secret.tags == [Tag(key: "Project", value: "Demo"), Tag(key: "Empty", value: "")])
        #expect(secret.versions.map(\.stagingLabels) == [["AWSPREVIOUS"], [], ["blue"]])
        #expect(secret.versions[0].id == "11111111-1111-4111-8111-111111111111")
        guard case .fixed(let binary) = secret.versions[1].value else {
            Issue.record("not a fixed value")
            return
        }
        #expect(binary.kind == .binary)
        #expect(binary.bytes == [0, 255])
    }

    @Test("a document has its own account and region")
    func scope() throws {
        let document =
            #"{"version":1,"account":"123456789012","region":"eu-west-1","secrets":[{"name":"a"}]}"#
        let secret = try #require(try read(document).first)
        #expect(secret.scope == Scope(account: "123456789012", region: "eu-west-1"))
        #expect(secret.versions.isEmpty)
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let document: String
        let error: String
        var testDescription: String { error }

        init(_ document: String, _ error: String) {
            self.document = document
            self.error = error
        }

        /// A mistake inside the one secret of a document, on its third line.
        init(secret: String, _ error: String) {
            self.init("{\"version\":1,\n\"secrets\":[\n{\"name\":\"a\",\(secret)}]}", error)
        }
    }

    static let mistakes = [
        Mistake("", "seed.json:1: not JSON: column 1, the document ends too early"),
        Mistake("[]", "seed.json:1: must be an object with the members version and secrets"),
        Mistake("{}", "seed.json:1: the member version is missing; write \"version\": 1"),
        Mistake(#"{"version":2}"#, "seed.json:1: version: must be 1: this server reads no other"),
        Mistake(
            "{\"version\":1,\n\"secrets\":{}}",
            "seed.json:2: secrets: must be a list of objects"
        ),
        Mistake(
            "{\"version\":1,\n\"secrets\":[\n\"a\"]}",
            "seed.json:3: secrets[0]: must be an object"
        ),
        Mistake(
            "{\"version\":1,\n\"secrets\":[],\n\"users\":[]}",
            "seed.json:3: users: there is no such member here; there are version, account,"
                + " region, rotationFunctions, keys, principals, secrets"
        ),
        Mistake(
            #"{"version":1,"account":"12","secrets":[]}"#,
            "seed.json:1: account: must be twelve digits"
        ),
        Mistake(
            #"{"version":1,"region":"a b","secrets":[]}"#,
            "seed.json:1: region: must be the name of a region, as us-east-1"
        ),
        Mistake(
            "{\"version\":1,\n\"version\":1,\"secrets\":[]}",
            "seed.json:2: not JSON: column 1, the object has a member of this name already"
        ),
        Mistake(
            "{\"version\":1,\"secrets\":[{}]}",
            "seed.json:1: secrets[0]: the member name is missing"
        ),
        Mistake(
            secret: "\n\"polcy\":{}",
            "seed.json:4: secrets[0].polcy: there is no such member here; there are name,"
                + " region, description, value, binary, generate, once, versions, tags, kmsKeyId,"
                + " arnSuffix, type, owningService, rotation, policy, replicas, deletionDate"
        ),
        Mistake(
            #"{"version":1,"secrets":[{"name":"a b"}]}"#,
            "seed.json:1: secrets[0].name: Invalid name. Must be a valid name containing"
                + " alphanumeric characters, or any of the following: -/_+=.@!"
        ),
        Mistake(
            #"{"version":1,"secrets":[{"name":""}]}"#,
            "seed.json:1: secrets[0].name: must have length greater than or equal to 1"
        ),
        Mistake(
            secret: "\"description\":\"\(String(repeating: "d", count: 2_049))\"",
            "seed.json:3: secrets[0].description: must have length less than or equal to 2048"
        ),
        Mistake(
            secret: #""description":5"#,
            "seed.json:3: secrets[0].description: must be a string"
        ),
        Mistake(
            secret: #""value":null"#,
            "seed.json:3: secrets[0].value: must not be null; leave it out for no value"
        ),
        Mistake(
            secret: #""value":"""#,
            "seed.json:3: secrets[0].value: must have length greater than or equal to 1"
        ),
        Mistake(
            secret: "\"value\":\"\(String(repeating: "v", count: 65_537))\"",
            "seed.json:3: secrets[0].value: must have length less than or equal to 65536"
        ),
        Mistake(
            secret: #""value":"v","binary":"AA==""#,
            "seed.json:3: secrets[0].binary: only one of value, binary and generate may be there"
        ),
        Mistake(
            secret: #""binary":"AA""#,
            "seed.json:3: secrets[0].binary: must be base64 with padding"
        ),
        Mistake(
            secret: #""generate":{"Length":5}"#,
            "seed.json:3: secrets[0].generate.Length: there is no such member here; there are"
                + " PasswordLength, ExcludeCharacters, ExcludeNumbers, ExcludePunctuation,"
                + " ExcludeUppercase, ExcludeLowercase, IncludeSpace, RequireEachIncludedType"
        ),
        Mistake(
            secret: #""generate":{"PasswordLength":5000}"#,
            "seed.json:3: secrets[0].generate: must have value less than or equal to 4096"
        ),
        Mistake(
            secret: #""generate":{"PasswordLength":2}"#,
            "seed.json:3: secrets[0].generate: Password length is too short based on the required"
                + " types."
        ),
        Mistake(
            secret: #""generate":{"IncludeSpace":"yes"}"#,
            "seed.json:3: secrets[0].generate: STRING_VALUE can not be converted to a Boolean"
        ),
        Mistake(
            secret: #""arnSuffix":"abc""#,
            "seed.json:3: secrets[0].arnSuffix: must be six ASCII letters and digits"
        ),
        Mistake(
            secret: #""owningService":"""#,
            "seed.json:3: secrets[0].owningService: must be the name of an AWS service, as rds"
        ),
        Mistake(
            secret: #""tags":{"aws:x":"1"}"#,
            "seed.json:3: secrets[0].tags.aws:x: keys that begin with aws: belong to AWS; choose"
                + " another"
        ),
        Mistake(secret: #""tags":{"a":1}"#, "seed.json:3: secrets[0].tags.a: must be a string"),
        Mistake(
            secret: #""tags":{"":"1"}"#,
            "seed.json:3: secrets[0].tags.: must have length greater than or equal to 1"
        ),
        Mistake(
            secret: "\"tags\":{\((0...50).map { "\"k\($0)\":\"\"" }.joined(separator: ","))}",
            "seed.json:3: secrets[0].tags: a secret has 50 tags at most"
        ),
        Mistake(
            secret: #""value":"v","versions":[]"#,
            "seed.json:3: secrets[0].value: is for a secret without versions; move it into versions"
        ),
        Mistake(
            secret: #""versions":[{"stages":["a"]}]"#,
            "seed.json:3: secrets[0].versions[0]: a version needs value, binary or generate,"
                + " or an id while its value is to come"
        ),
        Mistake(
            secret: #""deletionDate":"soon""#,
            "seed.json:3: secrets[0].deletionDate: must be a moment, as 2026-11-24T10:00:00Z"
        ),
        Mistake(
            secret: #""deletionDate":"2026-11-24T10:00:00Z","replicas":[]"#,
            "seed.json:3: secrets[0].deletionDate: a secret with replicas cannot be scheduled for"
                + " deletion; remove one of the two"
        ),
        Mistake(
            secret: #""region":"a b""#,
            "seed.json:3: secrets[0].region: must be the name of a region, as us-east-1"
        ),
        Mistake(
            secret: #""once":true,"versions":[]"#,
            "seed.json:3: secrets[0].once: is for a secret without versions; move it into versions"
        ),
        Mistake(
            #"{"version":1,"keys":[{}]}"#,
            "seed.json:1: keys[0]: a key needs an id, or an alias that its id follows from"
        ),
        Mistake(
            #"{"version":1,"keys":[{"id":"k"}]}"#,
            "seed.json:1: keys[0].id: must be a UUID, or mrk- and 32 hexadecimal digits with"
                + " \"multiRegion\": true"
        ),
        Mistake(
            #"{"version":1,"keys":[{"aliases":["alias/aws/mine"]}]}"#,
            "seed.json:1: keys[0].aliases: must be a name as alias/app, and none of AWS's own"
        ),
        Mistake(
            #"{"version":1,"keys":[{"aliases":["alias/a"],"rotationPeriodInDays":7}]}"#,
            "seed.json:1: keys[0].rotationPeriodInDays: must have value greater than or equal to 90"
        ),
        Mistake(
            #"{"version":1,"keys":[{"aliases":["alias/a"],"tags":{"aws:x":"1"}}]}"#,
            "seed.json:1: keys[0].tags.aws:x: keys that begin with aws: belong to AWS; choose"
                + " another"
        ),
        Mistake(
            secret: #""versions":[{"value":"v","id":"short"}]"#,
            "seed.json:3: secrets[0].versions[0].id: must have length greater than or equal to 32"
        ),
        Mistake(
            secret: #""versions":[{"value":"v","stages":[]}]"#,
            "seed.json:3: secrets[0].versions[0].stages: must have length greater than or equal to 1"
        ),
        Mistake(
            secret: #""versions":[{"value":"v","stages":["a",5]}]"#,
            "seed.json:3: secrets[0].versions[0].stages[1]: must be a string"
        ),
        Mistake(
            secret: #""versions":[{"value":"v","stages":["a"]},{"value":"w","stages":["a"]}]"#,
            "seed.json:3: secrets[0].versions[1].stages: a staging label is at one version only"
        ),
    ]

    @Test("a wrong document is refused with file, line and member", arguments: mistakes)
    func refuses(_ mistake: Mistake) {
        let error = #expect(throws: SeedError.self) { try read(mistake.document) }
        #expect(error?.description == mistake.error)
    }

    @Test("a refusal never repeats a value")
    func noValue() {
        let marker = "unlikely-zebra"
        let documents = [
            #"{"version":1,"secrets":[{"name":"a","value":"\#(marker)","binary":"AA=="}]}"#,
            #"{"version":1,"secrets":[{"name":"a","binary":"\#(marker)"}]}"#,
            #"{"version":1,"secrets":[{"name":"a","value":"\#(marker)""#,
            #"{"version":1,"secrets":[{"name":"a","versions":[{"value":"\#(marker)","id":"x"}]}]}"#,
            #"{"version":1,"secrets":[{"name":"a","generate":{"PasswordLength":"\#(marker)"}}]}"#,
        ]
        for document in documents {
            let error = #expect(throws: SeedError.self) { try read(document) }
            #expect(error?.description.contains(marker) == false)
        }
    }
}
