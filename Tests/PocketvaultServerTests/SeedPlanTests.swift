import Dispatch
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing
import Threads

@testable import AWS
@testable import PocketvaultServer

@Suite("Applying seeds")
struct SeedPlanTests {
    private static let demo = #"""
        {"version":1,"secrets":[
          {"name":"demo/url","description":"The URL","value":"postgres://quiet-heron","tags":{"A":"1"}},
          {"name":"demo/keys","versions":[{"value":"first"},{"value":"second"},{"value":"third"}]},
          {"name":"demo/new","generate":{"PasswordLength":40}},
          {"name":"demo/empty"}]}
        """#

    private func plan(_ texts: String...) throws -> SeedPlan {
        var documents: [SeedDocument] = []
        for (index, text) in texts.enumerated() {
            documents.append(
                try SeedDocument(
                    Array(text.utf8),
                    file: "\(index).json",
                    defaultScope: .here
                )
            )
        }
        return try SeedPlan(documents)
    }

    private func apply(_ plan: SeedPlan, to server: ScratchServer) throws -> SeedSummary {
        try plan.applyAndWait(
            to: server.open.vault,
            at: server.scratch.clock.now,
            Randomness { 42 },
            pacedBy: { [clock = server.scratch.clock] in clock.now }
        )
    }

    @Test("what takes long goes in by pieces, each of which is on disk before the next")
    func pieces() throws {
        let server = try ScratchServer()
        let milliseconds = Locked<Int64>(0)
        var steps: [Int] = []
        let summary = try plan(Self.demo).applyAndWait(
            to: server.open.vault,
            at: server.scratch.clock.now,
            Randomness { 42 },
            // Each look at the clock takes as long as one may have for two secrets.
            pacedBy: {
                milliseconds.withLock { now in
                    now += 60
                    return Timestamp(milliseconds: now)
                }
            },
            progress: { steps.append($0.done) }
        )
        #expect(summary == SeedSummary(created: 4, existing: 0))
        #expect(steps == [2, 4])
    }

    @Test("thousands of secrets take no longer than their number", .timeLimit(.minutes(1)))
    func isRead() throws {
        let secrets = (0..<5_000).map { #"{"name":"many/\#($0)","value":"v"}"# }
        let text = #"{"version":1,"secrets":[\#(secrets.joined(separator: ","))]}"#
        #expect(try plan(text).secrets.count == 5_000)
    }

    @Test("makes what is missing, with versions, labels and tags")
    func makes() throws {
        let server = try ScratchServer()
        #expect(try apply(plan(Self.demo), to: server) == SeedSummary(created: 4, existing: 0))
        let url = server.call("GetSecretValue", #"{"SecretId":"demo/url"}"#).json
        #expect(url["SecretString"] == .string("postgres://quiet-heron"))
        let description = server.call("DescribeSecret", #"{"SecretId":"demo/url"}"#).json
        #expect(description["Description"] == .string("The URL"))
        #expect(description["Tags"]?.elements?.count == 1)
        for (label, value) in [("AWSCURRENT", "third"), ("AWSPREVIOUS", "second")] {
            let answer = server.call(
                "GetSecretValue",
                #"{"SecretId":"demo/keys","VersionStage":"\#(label)"}"#
            )
            #expect(answer.json["SecretString"] == .string(value))
        }
        let password = server.call("GetSecretValue", #"{"SecretId":"demo/new"}"#).json
        #expect(password["SecretString"]?.string?.count == 40)
        let empty = server.call("GetSecretValue", #"{"SecretId":"demo/empty"}"#).json
        #expect(empty["__type"] == .string("ResourceNotFoundException"))
    }

    @Test("applying twice changes nothing and says so")
    func idempotent() throws {
        let server = try ScratchServer()
        let plan = try plan(Self.demo)
        _ = try apply(plan, to: server)
        let before = server.call("ListSecrets", "{}").text
        server.scratch.clock.advance(days: 1)
        #expect(try apply(plan, to: server) == SeedSummary(created: 0, existing: 4))
        #expect(server.call("ListSecrets", "{}").text == before)
    }

    @Test("what was changed since stays changed")
    func neverOverwrites() throws {
        let server = try ScratchServer()
        let plan = try plan(Self.demo)
        _ = try apply(plan, to: server)
        let token = "22222222-2222-4222-8222-222222222222"
        _ = server.call(
            "PutSecretValue",
            #"{"SecretId":"demo/url","SecretString":"mine","ClientRequestToken":"\#(token)"}"#
        )
        _ = try apply(plan, to: server)
        let answer = server.call("GetSecretValue", #"{"SecretId":"demo/url"}"#)
        #expect(answer.json["SecretString"] == .string("mine"))
    }

    @Test("ARNs and version ids are the same in every run")
    func stable() throws {
        let answers = try (0..<2).map { _ in
            let server = try ScratchServer()
            _ = try apply(plan(Self.demo), to: server)
            return server.call("GetSecretValue", #"{"SecretId":"demo/url"}"#).json
        }
        #expect(answers[0]["ARN"] == answers[1]["ARN"])
        #expect(answers[0]["VersionId"] == answers[1]["VersionId"])
        #expect(answers[0]["VersionId"]?.string?.count == 36)
    }

    @Test(
        "a suffix follows from account, region and name, for good",
        arguments: [
            ("demo/url", Scope(account: "000000000000", region: "us-east-1"), "LEfztW"),
            ("demo/url", Scope(account: "000000000000", region: "eu-west-1"), "yguuWO"),
            ("demo/url", Scope(account: "111111111111", region: "us-east-1"), "mEJEyk"),
        ]
    )
    func suffixes(_ name: String, _ scope: Scope, _ suffix: String) {
        #expect(StableIdentifier.suffix(name, scope) == suffix)
    }

    @Test("a suffix that a seed names is the ARN's")
    func namedSuffix() throws {
        let server = try ScratchServer()
        let text = #"{"version":1,"secrets":[{"name":"a","value":"v","arnSuffix":"AbC123"}]}"#
        _ = try apply(plan(text), to: server)
        let answer = server.call("DescribeSecret", #"{"SecretId":"a"}"#).json
        let arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:a-AbC123"
        #expect(answer["ARN"] == .string(arn))
    }

    @Test("the same secret in two documents is refused")
    func twice() {
        let text = #"{"version":1,"secrets":[{"name":"a"}]}"#
        let error = #expect(throws: SeedError.self) { try plan(text, text) }
        #expect(
            error?.description
                == "1.json:1: secrets[0].name: the same secret is in 0.json:1; remove one of them"
        )
        #expect(throws: Never.self) {
            try plan(text, #"{"version":1,"region":"eu-west-1","secrets":[{"name":"a"}]}"#)
        }
    }

    @Test("bounds that the API keeps to itself are the API's")
    func bounds() {
        #expect(SeedSecretReader.maximumStagingLabels == StagingLabels.maximumPerSecret - 2)
    }
}
