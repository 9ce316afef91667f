import AWS
import HTTPServer
import JSON
import Notation
import Storage
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("Principals in seed documents")
struct SeedPrincipalTests {
    private static let document = #"""
        {"version":1,"secrets":[],"principals":[
        {"role":"task","path":"/service/","trust":{"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}]},
          "policies":{"list":{"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"secretsmanager:ListSecrets","Resource":"*"}]}},
          "attached":["read","arn:aws:iam::aws:policy/ReadOnlyAccess"],"boundary":"read",
          "maxSessionSeconds":7200,"tags":{"team":"payments"}},
        {"policy":"read","document":{"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"*"}]}},
        {"user":"ci","accessKeys":[{"id":"AKIAIOSFODNN7EXAMPLE","secret":"invented-secret"}]},
        {"root":true,"accessKeys":[{"id":"AKIAIOSFODNN7ROOTKEY","secret":"invented-root"}]}
        ]}
        """#

    private func plan(_ text: String) throws -> SeedPlan {
        try SeedPlan([
            try SeedDocument(Array(text.utf8), file: "seed.json", defaultScope: .here)
        ])
    }

    private func apply(_ text: String, to scratch: ScratchVault) throws -> SeedSummary {
        let plan = try plan(text)
        let now = scratch.clock.now
        let randomness = Randomness { 0 }
        return try scratch.vault.writeAloneAndWait { vault throws(APIError) in
            try plan.apply(to: vault, at: now, randomness: randomness)
        }
    }

    @Test("are made once, policies first, and never touched again")
    func made() throws {
        let scratch = try ScratchVault()
        #expect(try apply(Self.document, to: scratch) == SeedSummary(created: 4, existing: 0))
        #expect(try apply(Self.document, to: scratch) == SeedSummary(created: 0, existing: 4))
        let account = Scope.here.account
        let found = try scratch.vault.reading { vault throws(APIError) in
            let role = try vault.principal(.role, named: "task", in: account)
            let tagged = try vault.taggedPrincipal(id: role?.id ?? 0)
            return (
                role: role,
                texts: try vault.policyTexts(ofPrincipal: role?.id ?? 0),
                tags: tagged?.tags ?? [],
                user: try vault.credential(accessKeyID: "AKIAIOSFODNN7EXAMPLE"),
                root: try vault.credential(accessKeyID: "AKIAIOSFODNN7ROOTKEY")
            )
        }
        #expect(found.role?.arn == "arn:aws:iam::000000000000:role/service/task")
        #expect(found.role?.maxSessionSeconds == 7_200)
        #expect(found.role?.uniqueID.hasPrefix("AROA") == true)
        #expect(
            found.texts.map(\.name) == [
                "list", "arn:aws:iam::000000000000:policy/read",
                "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::000000000000:policy/read",
            ]
        )
        #expect(found.tags == [Tag(key: "team", value: "payments")])
        #expect(found.user?.owner?.principal.name == "ci")
        #expect(found.user?.secretAccessKey == "invented-secret")
        #expect(found.root?.owner == nil && found.root?.secretAccessKey == "invented-root")
    }

    @Test("have the same unique ids in every vault")
    func stable() throws {
        var ids: Set<String?> = []
        for seed in [UInt64(1), 2] {
            let scratch = try ScratchVault(seed: seed)
            _ = try apply(Self.document, to: scratch)
            let role = try scratch.vault.reading { vault throws(APIError) in
                try vault.principal(.role, named: "task", in: Scope.here.account)
            }
            ids.insert(role?.uniqueID)
        }
        #expect(ids.count == 1)
    }

    @Test(
        "a wrong one is refused with its line and member, and no secret of it",
        arguments: [
            (#"{}"#, "principals[0]: must have one of the members policy, role, root and user"),
            (#"{"user":"a","role":"b"}"#, "principals[0]: must have one of"),
            (#"{"user":"a b"}"#, "principals[0].user: must satisfy regular expression"),
            (#"{"user":"a","secret":"x"}"#, "principals[0].secret: there is no such member here"),
            (#"{"role":"a"}"#, "principals[0]: the member trust is missing"),
            (#"{"role":"a","trust":{}}"#, "principals[0].trust: "),
            (#"{"policy":"a","document":"{"}"#, "principals[0].document: "),
            (#"{"root":false}"#, "principals[0].root: must be true"),
            (
                #"{"policy":"a","document":{"Statement":[{"Effect":"Allow","Action":"s3:*","#
                    + #""Resource":"*"}]}}"#,
                "principals[0].document: Policy document must be version 2012-10-17 or greater."
            ),
            (
                #"{"user":"a","policies":{"p":{"Statement":[{"Effect":"Allow","Action":"s3:*","#
                    + #""Resource":"arn:aws-cn:s3:::b"}]}}}"#,
                "principals[0].policies.p: Partition \"aws-cn\" is not valid for resource"
                    + " \"arn:aws-cn:s3:::b\"."
            ),
            (
                #"{"user":"a","policies":{"p":{"Statement":[{"Effect":"Allow","Resource":"*"}]}}}"#,
                "principals[0].policies.p: Policy statement must contain actions. ("
            ),
            (
                #"{"user":"a","accessKeys":[{"id":"short","secret":"invented-secret"}]}"#,
                "principals[0].accessKeys[0].id: must have length greater than or equal to 16"
            ),
            (
                #"{"user":"a","accessKeys":[{"id":"AKIAIOSFODNN7EXAMPLE","secret":"short"}]}"#,
                "principals[0].accessKeys[0].secret: must have 8 characters at least"
            ),
            (#"{"user":"a"},{"user":"A"}"#, "principals[1]: the same principal is described twice"),
        ]
    )
    func refused(_ principals: String, _ message: String) throws {
        let text = #"{"version":1,"secrets":[],"principals":[\#(principals)]}"#
        let error = #expect(throws: SeedError.self) { try plan(text) }
        let description = error?.description ?? ""
        #expect(description.hasPrefix("seed.json:1: \(message)"), "\(description)")
        #expect(!description.contains("invented-secret"))
    }

    @Test(
        "a policy that is not there is attached to nobody, and nothing is made",
        arguments: [
            (#""attached":["arn:aws:iam::aws:policy/ReadOnlyAccess","none"]"#, "attached[1]"),
            (#""attached":["arn:aws:iam::000000000000:policy/none"]"#, "attached[0]"),
            (#""boundary":"none""#, "boundary"),
        ]
    )
    func dangling(_ member: String, _ place: String) throws {
        let scratch = try ScratchVault()
        let text =
            #"{"version":1,"secrets":[],"principals":[{"user":"first"},{"user":"a",\#(member)}]}"#
        let error = #expect(throws: APIError.self) { try apply(text, to: scratch) }
        #expect(
            error?.cause?.hasPrefix(
                "seed.json:1: principals[1].\(place): there is no such policy; "
            ) == true
        )
        let first = try scratch.vault.reading { vault throws(APIError) in
            try vault.principal(.user, named: "first", in: Scope.here.account)
        }
        #expect(first == nil)
    }

    @Test("a policy that the vault has can be attached by its name, whatever its path is")
    func policyOfTheVault() throws {
        let scratch = try ScratchVault()
        let policies = #"""
            {"version":1,"secrets":[],"principals":[{"policy":"read","path":"/team/","document":
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"*"}]}}]}
            """#
        _ = try apply(policies, to: scratch)
        let users =
            #"{"version":1,"secrets":[],"principals":[{"user":"a","attached":["read"],"#
            + #""boundary":"arn:aws:iam::000000000000:policy/team/read"}]}"#
        #expect(try apply(users, to: scratch) == SeedSummary(created: 1, existing: 0))
        let names = try scratch.vault.reading { vault throws(APIError) in
            let user = try vault.principal(.user, named: "a", in: Scope.here.account)
            return try vault.policyTexts(ofPrincipal: user?.id ?? 0).map(\.name)
        }
        let arn = "arn:aws:iam::000000000000:policy/team/read"
        #expect(names == [arn, arn])
    }

    private static let key = #"{"id":"AKIAIOSFODNN7EXAMPLE","secret":"invented-secret"}"#

    @Test("an access key is one principal's, in all documents together")
    func keysTwice() throws {
        func document(_ user: String, _ file: String) throws -> SeedDocument {
            let text =
                #"{"version":1,"secrets":[],"principals":["#
                + "\n" + #"{"user":"\#(user)","accessKeys":[\#(Self.key)]}]}"#
            return try SeedDocument(Array(text.utf8), file: file, defaultScope: .here)
        }
        let documents = [try document("a", "one.json"), try document("b", "two.json")]
        let error = #expect(throws: SeedError.self) { try SeedPlan(documents) }
        #expect(
            error?.description
                == "two.json:2: principals[0].accessKeys[0].id: the same access key is in"
                + " one.json:2; remove one of them"
        )
    }

    @Test(
        "what IAM would refuse is refused with its line and member",
        arguments: [
            (
                #""accessKeys":[{"id":"AKIAIOSFODNN7EXAMP1","secret":"invented-secret"},"#
                    + #"{"id":"AKIAIOSFODNN7EXAMP2","secret":"invented-secret"},"#
                    + #"{"id":"AKIAIOSFODNN7EXAMP3","secret":"invented-secret"}]"#,
                "accessKeys: nobody has more than 2 access keys; remove one"
            ),
            (
                #""policies":{"a b":{"Version":"2012-10-17","Statement":[]}}"#,
                "policies.a b: the name must satisfy regular expression"
            ),
            (#""policies":{"":{}}"#, "policies.: the name must satisfy regular expression"),
            (#""tags":{"a":"b","aws:x":"c"}"#, "tags.aws:x: keys that begin with aws: belong"),
            (#""tags":{"team":"b","Team":"c"}"#, "tags.Team: IAM takes keys that differ only"),
            (#""tags":{"":"c"}"#, "tags.: must have length greater than or equal to 1"),
            (
                #""attached":["arn:aws:iam::aws:policy/NoSuchPolicy"]"#,
                "attached[0]: there is no such policy; describe it among the principals, or"
            ),
            (#""boundary":"arn:aws:iam::111122223333:policy/x""#, "boundary: there is no such"),
            (#""attached":["a","b","c","d","e","f","g","h","i","j","k"]"#, "attached: 10 policies"),
        ]
    )
    func refusedByIAM(_ members: String, _ message: String) throws {
        let text =
            "{\"version\":1,\"secrets\":[],\"principals\":[\n"
            + #"{"user":"u",\#(members)}]}"#
        let error = #expect(throws: SeedError.self) { try plan(text) }
        let description = error?.description ?? ""
        #expect(description.hasPrefix("seed.json:2: principals[0].\(message)"), "\(description)")
    }

    @Test("a reset removes those that the API made and makes the seeded ones again")
    func reset() throws {
        let server = try ScratchServer(seeds: plan(Self.document))
        _ = try server.scratch.user("extra")
        let order = HTTPRequest.post(
            "{}",
            [(name: "Content-Type", value: "application/json")],
            path: "/_pocketvault/reset"
        )
        #expect(server.send(order).text == #"{"status":"ok","seeded":4}"#)
        let users = try server.scratch.vault.reading { vault throws(APIError) in
            try vault.principals(.user, in: Scope.here.account, after: "", limit: 9)
        }
        #expect(users.map(\.name) == ["ci"])
    }
}
