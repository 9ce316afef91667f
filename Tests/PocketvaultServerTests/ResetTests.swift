import AWS
import Dispatch
import HTTPServer
import JSON
import Logging
import Notation
import Storage
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

@Suite("A reset")
struct ResetTests {
    private static let other = "111111111111"

    private func plan(_ text: String) throws -> SeedPlan {
        try SeedPlan([
            try SeedDocument(Array(text.utf8), file: "seed.json", defaultScope: .here)
        ])
    }

    private func create(_ name: String, on server: ScratchServer, authorization: String? = nil) {
        let token = "11111111-1111-4111-8111-111111111111"
        let answer = server.call(
            "CreateSecret",
            #"{"Name":"\#(name)","SecretString":"calm-otter","ClientRequestToken":"\#(token)"}"#,
            authorization: authorization
        )
        #expect(answer.status == 200)
    }

    private func described(_ name: String, on server: ScratchServer) -> JSONValue {
        server.call("DescribeSecret", #"{"SecretId":"\#(name)"}"#).json
    }

    /// The value of a secret, if it is given before the call returns.
    private func value(
        _ name: String,
        on server: ScratchServer,
        authorization: String? = nil
    ) -> String? {
        var headers = [
            (name: "X-Amz-Target", value: "secretsmanager.GetSecretValue"),
            (name: "Content-Type", value: "application/x-amz-json-1.1"),
        ]
        if let authorization { headers.append((name: "Authorization", value: authorization)) }
        let answer = Locked<HTTPResponse?>(nil)
        server.router.handle(.post(#"{"SecretId":"\#(name)"}"#, headers)) { response in
            answer.withLock { $0 = response }
        }
        return answer.withLock { $0 }?.json["SecretString"]?.string
    }

    /// A reset that stops half way, when it generates a value, until it is let go.
    private final class HeldReset: Sendable {
        private let isReached = DispatchSemaphore(value: 0)
        private let mayGoOn = DispatchSemaphore(value: 0)
        private let isDone = DispatchSemaphore(value: 0)
        private let status = Locked(0)

        init(_ server: ScratchServer, _ seeds: SeedPlan, account: String) {
            let isFirst = Locked(true)
            let reset = Reset(
                vault: server.open.vault,
                seeds: .plan(seeds),
                isInMemory: true,
                clock: server.open.clock,
                scheduler: server.open.scheduler,
                agentCache: server.open.agentCache,
                madeAccounts: server.open.madeAccounts,
                faults: server.open.faults,
                randomness: Randomness { [isReached, mayGoOn] in
                    if isFirst.withLock({ first in
                        defer { first = false }
                        return first
                    }) {
                        isReached.signal()
                        mayGoOn.wait()
                    }
                    return 42
                },
                underWay: server.open.seedsUnderWay
            )
            let request = HTTPRequest.post(#"{"account":"\#(account)"}"#, [ControlTests.json])
            reset.answer(request) { [status, isDone] answer in
                status.withLock { $0 = answer.response.status }
                isDone.signal()
            }
            isReached.wait()
        }

        /// Its status, when it has come to its end.
        func end() -> Int {
            mayGoOn.signal()
            isDone.wait()
            return status.withLock { $0 }
        }
    }

    @Test("while it goes on, a value that nobody read before is given, and the day follows")
    func reads() throws {
        let server = try ScratchServer()
        create("mine", on: server)
        let theirs = signed(key: Self.other)
        create("old", on: server, authorization: theirs)
        let seeds = try plan(
            #"""
            {"version":1,"account":"111111111111","secrets":[
              {"name":"new","generate":{"PasswordLength":40}}]}
            """#
        )
        let reset = HeldReset(server, seeds, account: Self.other)
        let mine = value("mine", on: server)
        let old = value("old", on: server, authorization: theirs)
        let day = described("mine", on: server)["LastAccessedDate"]
        #expect(reset.end() == 200)
        #expect(mine == "calm-otter" && old == "calm-otter")
        #expect(day == nil)
        // A write that is asked for now comes after the note.
        create("last", on: server)
        #expect(described("mine", on: server)["LastAccessedDate"] != nil)
        let list = server.call("ListSecrets", "{}", authorization: theirs).json["SecretList"]
        #expect(list?.elements?.map { $0["Name"] } == ["new"])
        #expect(list?.elements?.first?["LastAccessedDate"] == nil)
    }

    @Test("whose seeds cannot be applied loses nothing")
    func allOrNothing() throws {
        let seeds = try plan(
            #"""
            {"version":1,"secrets":[{"name":"seeded","value":"v"}],
             "principals":[{"user":"first"},{"user":"a","attached":["none"]}]}
            """#
        )
        let server = try ScratchServer(seeds: seeds)
        create("mine", on: server)
        let user = try server.scratch.user("u")
        let response = server.send(
            .post("{}", [ControlTests.json], path: "/_pocketvault/reset")
        )
        #expect(response.status == 500)
        #expect(response.json["message"] == "Nothing was changed; the log says why.")
        let list = server.call("ListSecrets", "{}").json["SecretList"]?.elements
        #expect(list?.map { $0["Name"] } == ["mine"])
        let value = server.call("GetSecretValue", #"{"SecretId":"mine"}"#).json
        #expect(value["SecretString"] == "calm-otter")
        let found = try server.scratch.vault.reading { vault throws(APIError) in
            (
                u: try vault.principal(.user, named: "u", in: Scope.here.account)?.arn,
                first: try vault.principal(.user, named: "first", in: Scope.here.account)
            )
        }
        #expect(found.u == user.principal.arn)
        #expect(found.first == nil)
    }
}
