import JSON
import Notation
import TestSupport
import Testing

@testable import AWS
@testable import PocketvaultServer

@Suite("Policies and replicas in seed documents")
struct SeedAccessTests {
    private static let policy = #"""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:*",
        "Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Resource":"*"}]}
        """#

    private func plan(_ secrets: String) throws(SeedError) -> SeedPlan {
        try SeedPlan([
            try SeedDocument(
                Array("{\"version\":1,\"secrets\":[\n\(secrets)]}".utf8),
                file: "seed.json",
                defaultScope: .here
            )
        ])
    }

    private func server(_ secrets: String) throws -> ScratchServer {
        let plan = try plan(secrets)
        let server = try ScratchServer()
        let now = server.scratch.clock.now
        try server.scratch.write { vault throws(APIError) in
            _ = try plan.apply(to: vault, at: now, randomness: Randomness { 42 })
        }
        return server
    }

    @Test("a policy is attached as PutResourcePolicy attaches it, as JSON or as text")
    func policies() throws {
        let text = JSONValue.string(SeedAccessTests.policy).jsonText()
        let seeded = try server(
            """
            {"name":"json","policy":\(SeedAccessTests.policy)},{"name":"text","policy":\(text)},
            {"name":"put"}
            """
        )
        _ = seeded.call("PutResourcePolicy", #"{"SecretId":"put","ResourcePolicy":\#(text)}"#)
        let expected = seeded.call("GetResourcePolicy", #"{"SecretId":"put"}"#).json
        #expect(expected["ResourcePolicy"] != nil)
        for name in ["json", "text"] {
            let answer = seeded.call("GetResourcePolicy", #"{"SecretId":"\#(name)"}"#).json
            #expect(answer["ResourcePolicy"] == expected["ResourcePolicy"])
        }
    }

    @Test("replicas follow from the seed with value, policy and keys of their own")
    func replicas() throws {
        let seeded = try server(
            """
            {"name":"a","value":"v","policy":\(SeedAccessTests.policy),
             "replicas":[{"region":"eu-west-1","kmsKeyId":"alias/there"},{"region":"us-west-2"}]}
            """
        )
        let secret = seeded.call("DescribeSecret", #"{"SecretId":"a"}"#).json
        #expect(secret["ReplicationStatus"]?[0]?["Region"] == "eu-west-1")
        #expect(secret["ReplicationStatus"]?[0]?["KmsKeyId"] == "alias/there")
        #expect(secret["ReplicationStatus"]?[0]?["Status"] == "InSync")
        #expect(secret["ReplicationStatus"]?[1]?["Region"] == "us-west-2")
        let copy = try seeded.scratch.write { vault throws(APIError) in
            let scope = Scope(account: Scope.here.account, region: "eu-west-1")
            guard let copy = try vault.secret(at: .name("a", scope)) else { return "none" }
            let policy = try vault.resourcePolicy(ResourcePolicy.defaultName, of: copy)
            return policy == nil ? "no policy" : copy.kmsKeyID
        }
        #expect(copy == "alias/there")
    }

    @Test(
        "what the API would refuse is refused, with the place",
        arguments: [
            (#"{"name":"a","policy":7}"#, "secrets[0].policy: must be a policy document"),
            (
                #"{"name":"a","policy":{}}"#,
                "secrets[0].policy: This resource policy contains a syntax error."
            ),
            (
                #"{"name":"a","policy":""}"#,
                "secrets[0].policy: must have length greater than or equal to 1"
            ),
            (#"{"name":"a","replicas":{}}"#, "secrets[0].replicas: must be a list of objects"),
            (
                #"{"name":"a","replicas":[{}]}"#,
                "secrets[0].replicas[0]: the member region is missing"
            ),
            (
                #"{"name":"a","replicas":[{"region":"us-east-1"}]}"#,
                "secrets[0].replicas[0].region: must be another region, of the same partition"
            ),
            (
                #"{"name":"a","replicas":[{"region":"cn-north-1"}]}"#,
                "secrets[0].replicas[0].region: must be another region, of the same partition"
            ),
            (
                #"{"name":"a","replicas":[{"region":"eu-west-1","key":"k"}]}"#,
                "secrets[0].replicas[0].key: there is no such member here; there are region,"
                    + " kmsKeyId"
            ),
            (
                #"{"name":"a","replicas":[{"region":"eu-west-1"},{"region":"eu-west-1"}]}"#,
                "secrets[0].replicas[1].region: the same secret is in seed.json:2; remove one of"
                    + " them"
            ),
        ]
    )
    func refused(secret: String, message: String) {
        do {
            _ = try plan(secret)
            Issue.record("it was taken")
        } catch {
            #expect(error.description == "seed.json:2: \(message)")
        }
    }
}
