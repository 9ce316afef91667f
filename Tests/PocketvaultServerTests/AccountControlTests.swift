import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

/// A vault of its own for each test.
@Suite struct AccountControlTests {
    private static let path = AccountControl.path
    private let token = "11111111-1111-4111-8111-111111111111"
    private static let template = #"{"template":"000000000000"}"#

    private func make(_ body: String, on server: ScratchServer) throws -> JSONValue {
        let answer = server.send(.post(body, [ControlTests.json], path: Self.path))
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    private func drop(_ account: String, on server: ScratchServer) -> HTTPResponse {
        server.send(HTTPRequest(method: "DELETE", path: "\(Self.path)/\(account)"))
    }

    private func create(_ name: String, on server: ScratchServer, in account: String? = nil) {
        let body =
            #"{"Name":"\#(name)","SecretString":"calm-otter","#
            + #""ClientRequestToken":"\#(token)"}"#
        let answer = server.call(
            "CreateSecret",
            body,
            authorization: account.map { signed(key: $0) }
        )
        #expect(answer.status == 200)
    }

    private func value(_ name: String, on server: ScratchServer, in account: String) -> JSONValue {
        server.call(
            "GetSecretValue",
            #"{"SecretId":"\#(name)"}"#,
            authorization: signed(key: account)
        ).json
    }

    private func names(on server: ScratchServer, in account: String) -> [String?] {
        let answer = server.call("ListSecrets", "{}", authorization: signed(key: account))
        return (answer.json["SecretList"]?.elements ?? []).map { $0["Name"]?.string }
    }

    @Test func `Each is empty, has a number of its own, and is its own access key`() throws {
        let server = try ScratchServer()
        create("app/key", on: server)
        let one = try make("{}", on: server)
        let other = try make("{}", on: server)
        #expect(one["account"]?.string == "900000000000")
        #expect(one["accessKeyId"] == one["account"])
        #expect(other["account"]?.string == "900000000001")
        #expect(one["secretAccessKey"]?.string?.utf8.count == 40)
        #expect(one["secretAccessKey"] != other["secretAccessKey"])
        #expect(names(on: server, in: "900000000000") == [])
    }

    @Test func `A copy has the same secrets under ARNs of its own, and the template keeps its own`()
        throws
    {
        let server = try ScratchServer()
        create("app/key", on: server)
        let account = try #require(try make(Self.template, on: server)["account"]?.string)
        let copied = value("app/key", on: server, in: account)
        let own = value("app/key", on: server, in: "000000000000")
        #expect(copied["SecretString"]?.string == "calm-otter")
        #expect(copied["VersionId"] == own["VersionId"])
        #expect(copied["VersionStages"] == own["VersionStages"])
        #expect(copied["CreatedDate"] == own["CreatedDate"])
        let arn = try #require(own["ARN"]?.string)
        #expect(copied["ARN"]?.string == arn.replacing("000000000000", with: account))
        let change = server.call(
            "DeleteSecret",
            #"{"SecretId":"app/key","ForceDeleteWithoutRecovery":true}"#,
            authorization: signed(key: account)
        )
        #expect(change.status == 200)
        #expect(names(on: server, in: "000000000000") == ["app/key"])
    }

    @Test func `Keys, replicas, users and their policies come along, as the copy's own`() throws {
        let server = try ScratchServer()
        let scratch = server.scratch
        let key = try scratch.kms(.createKey)["KeyMetadata"]?["Arn"]?.string
        let keyARN = try #require(key)
        try scratch.call(
            .createSecret,
            [
                "Name": "sealed", "SecretString": "calm-otter", "KmsKeyId": .string(keyARN),
                "AddReplicaRegions": [["Region": "eu-west-1"]],
            ]
        )
        try scratch.kms(.rotateKeyOnDemand, ["KeyId": .string(keyARN)])
        let user = try scratch.iam(.createUser, ["UserName": "ana"])
        try scratch.iam(
            .putUserPolicy,
            ["UserName": "ana", "PolicyName": "p", "PolicyDocument": .string(readingPolicy)]
        )
        let account = try #require(try make(Self.template, on: server)["account"]?.string)
        let caller = Caller.root(account: account, region: "us-east-1")
        let described = try scratch.call(.describeSecret, ["SecretId": "sealed"], by: caller)
        let copiedKey = keyARN.replacing("000000000000", with: account)
        #expect(described["KmsKeyId"]?.string == copiedKey)
        #expect(described["ReplicationStatus"]?[0]["Region"]?.string == "eu-west-1")
        let replica = Caller.root(account: account, region: "eu-west-1")
        for caller in [caller, replica] {
            let value = try scratch.call(.getSecretValue, ["SecretId": "sealed"], by: caller)
            #expect(value["SecretString"]?.string == "calm-otter")
        }
        let policy = try scratch.kms(.getKeyPolicy, ["KeyId": .string(copiedKey)], by: caller)
        #expect(policy["Policy"]?.string?.contains("arn:aws:iam::\(account):root") == true)
        let copied = try scratch.iam(.getUser, ["UserName": "ana"], by: caller)["User"]
        #expect(copied?["Arn"]?.string == "arn:aws:iam::\(account):user/ana")
        #expect(copied?["UserId"]?.string?.hasPrefix("AIDA") == true)
        #expect(copied?["UserId"] != user["User"]?["UserId"])
        let inline = try scratch.iam(.listUserPolicies, ["UserName": "ana"], by: caller)
        #expect(inline["PolicyNames"]?[0]?.string == "p")
        // What is destroyed in the template is not destroyed in the copy.
        try scratch.kms(.disableKey, ["KeyId": .string(keyARN)])
        let value = try scratch.call(.getSecretValue, ["SecretId": "sealed"], by: caller)
        #expect(value["SecretString"]?.string == "calm-otter")
    }

    private let readingPolicy = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:*",\
        "Resource":"*"}]}
        """

    @Test func `A copy of a copy is one too`() throws {
        let server = try ScratchServer()
        create("app/key", on: server)
        let first = try #require(try make(Self.template, on: server)["account"]?.string)
        let second = try make(#"{"template":"\#(first)"}"#, on: server)["account"]?.string
        let value = value("app/key", on: server, in: try #require(second))
        #expect(value["SecretString"]?.string == "calm-otter")
    }

    @Test func `It is dropped with all that is in it, once, and no other account is`() throws {
        let server = try ScratchServer()
        create("app/key", on: server)
        let account = try #require(try make(Self.template, on: server)["account"]?.string)
        #expect(drop(account, on: server).status == 200)
        #expect(names(on: server, in: account) == [])
        for account in [account, "000000000000", "900000000099"] {
            let again = drop(account, on: server)
            #expect(again.status == 409)
            #expect(again.json["error"]?.string == "AccountNotMade")
        }
        #expect(names(on: server, in: "000000000000") == ["app/key"])
        #expect(drop("nobody", on: server).status == 400)
    }

    @Test func `It is dropped by itself when no call came to it for so long`() throws {
        let server = try ScratchServer { $0.accountLifetimeMilliseconds = 60_000 }
        let (used, unused) = (try make("{}", on: server), try make("{}", on: server))
        let account = try #require(used["account"]?.string)
        let other = try #require(unused["account"]?.string)
        server.scratch.clock.advance(milliseconds: 40_000)
        create("app/key", on: server, in: account)
        server.open.madeAccounts.dropUnused()
        server.scratch.clock.advance(milliseconds: 40_000)
        server.open.madeAccounts.dropUnused()
        // It is behind that in the lane.
        #expect(drop(other, on: server).status == 409)
        #expect(names(on: server, in: account) == ["app/key"])
        server.scratch.clock.advance(milliseconds: 60_000)
        server.open.madeAccounts.dropUnused()
        #expect(drop(account, on: server).status == 409)
    }

    @Test func `Moving the vault's clock drops no account`() throws {
        let server = try ScratchServer()
        let account = try #require(try make("{}", on: server)["account"]?.string)
        let move = HTTPRequest.post(
            #"{"advance":"P31D"}"#,
            [ControlTests.json],
            path: "/_pocketvault/clock"
        )
        #expect(server.send(move).status == 200)
        server.open.madeAccounts.dropUnused()
        #expect(drop(account, on: server).status == 200)
    }

    @Test func `A reset of it leaves it empty and made; a reset of all drops it`() throws {
        let server = try ScratchServer()
        create("app/key", on: server)
        let account = try #require(try make(Self.template, on: server)["account"]?.string)
        let path = "/_pocketvault/reset"
        let one = HTTPRequest.post(#"{"account":"\#(account)"}"#, [ControlTests.json], path: path)
        #expect(server.send(one).status == 200)
        #expect(names(on: server, in: account) == [])
        #expect(names(on: server, in: "000000000000") == ["app/key"])
        #expect(drop(account, on: server).status == 200)
        let other = try #require(try make("{}", on: server)["account"]?.string)
        #expect(server.send(.post("{}", [ControlTests.json], path: path)).status == 200)
        #expect(drop(other, on: server).status == 409)
    }

    @Test(arguments: ["[]", #"{"template":1}"#, #"{"template":"me"}"#, #"{"copy":"000000000000"}"#])
    func `A body that makes no sense is refused`(body: String) throws {
        let server = try ScratchServer()
        let answer = server.send(.post(body, [ControlTests.json], path: Self.path))
        #expect(answer.status == 400)
        #expect(server.send(.post("{}", [], path: Self.path)).status == 415)
        #expect(drop("900000000000", on: server).status == 409)
    }
}
