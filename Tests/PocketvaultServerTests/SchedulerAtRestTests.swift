import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("A scheduler that nobody calls")
struct SchedulerAtRestTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer(rotationFunctions: ["*=builtin:random-password"])
        call("CreateSecret", [("Name", "a"), ("SecretString", "calm-otter")])
    }

    private func call(_ operation: String, _ members: [(name: String, value: JSONValue)]) {
        let token = "token-for-\(operation)-in-this-test-alone"
        let body = JSONObject(members + [("ClientRequestToken", .string(token))])
        let answer = server.call(operation, JSONValue.object(body).jsonText())
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// The names of what the service did on its own, once the last is this one, or after ten seconds.
    private func events(until name: String) async throws -> [String] {
        for _ in 0..<1_000 {
            let names = try server.scratch.serviceEvents().map(\.eventName)
            if names.last == name { return names }
            try await Task.sleep(for: .milliseconds(10))
        }
        return try server.scratch.serviceEvents().map(\.eventName)
    }

    /// Until nobody reads any more.
    private func quiet() async throws -> Int {
        var reads = -1
        for _ in 0..<100 where reads != server.watched.reads {
            reads = server.watched.reads
            try await Task.sleep(for: .seconds(1))
        }
        return reads
    }

    @Test("reads nothing where nothing happens")
    func rest() async throws {
        server.open.beginWork(reachedAt: "http://127.0.0.1:9")
        let reads = try await quiet()
        #expect(reads > 0)
        // Longer than the second in which it once looked.
        try await Task.sleep(for: .milliseconds(1_500))
        #expect(server.watched.reads == reads)
        server.open.endWork()
    }

    @Test("does what a call has made due")
    func commit() async throws {
        server.open.beginWork(reachedAt: "http://127.0.0.1:9")
        _ = try await quiet()
        let function = "arn:aws:lambda:us-east-1:000000000000:function:f"
        call("RotateSecret", [("SecretId", "a"), ("RotationLambdaARN", .string(function))])
        let names = try await events(until: "RotationSucceeded")
        #expect(names == ["RotationStarted", "RotationSucceeded"])
        server.open.endWork()
    }

    @Test("wakes when something falls due")
    func due() async throws {
        call("DeleteSecret", [("SecretId", "a"), ("RecoveryWindowInDays", 7)])
        server.scratch.clock.advance(milliseconds: 7 * 86_400_000 - 2_000)
        server.open.beginWork(reachedAt: "http://127.0.0.1:9")
        _ = try await quiet()
        // Tells nobody: only who sleeps until then finds out.
        server.scratch.clock.advance(milliseconds: 2_000)
        let names = try await events(until: "EndSecretVersionDelete")
        #expect(names == ["StartSecretVersionDelete", "EndSecretVersionDelete"])
        server.open.endWork()
    }
}
