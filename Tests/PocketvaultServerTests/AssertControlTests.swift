import AWS
import Dispatch
import HTTPServer
import JSON
import Notation
import Storage
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

/// Proof of who read what, and how often.
@Suite struct AssertControlTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
        for name in ["app/key", "honey"] {
            try server.scratch.call(
                .createSecret,
                ["Name": .string(name), "SecretString": "calm-otter"]
            )
        }
    }

    private func request(_ body: String) -> HTTPRequest {
        .post(body, [ControlTests.json], path: "/_pocketvault/assert")
    }

    private func check(_ body: String) -> JSONValue {
        let answer = server.send(request(body))
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    private func cursor() throws -> Int64 {
        let answer = check("{}")
        #expect(answer["passed"] == .bool(true))
        #expect(answer["failures"] == [])
        return try #require(answer["cursor"]?.integer)
    }

    private func read(_ name: String = "app/key", _ others: String = "", key: String? = nil) {
        _ = server.call(
            "GetSecretValue",
            #"{"SecretId":"\#(name)"\#(others)}"#,
            authorization: key.map { signed(key: $0) }
        )
    }

    private func passes(_ expectation: String, since cursor: Int64) -> Bool {
        check(#"{"since":\#(cursor),"expect":[{\#(expectation)}]}"#)["passed"] == .bool(true)
    }

    @Test func `A read that was answered is in the trail when it is asked about`() throws {
        let start = try cursor()
        for count in 1...5 {
            read()
            #expect(passes(#""event":"GetSecretValue","times":\#(count)"#, since: start))
        }
    }

    /// Of four reads two found their secret, and one was in another account.
    @Test(arguments: [
        (#""event":"GetSecretValue","secret":"app/key","account":"000000000000","times":2"#, true),
        (#""event":"GetSecretValue","secret":"app/*","times":3"#, true),
        (#""event":"GetSecretValue","times":4"#, true),
        (#""event":"GetSecretValue","times":3"#, false),
        (#""secret":"honey","times":0"#, true), (#""event":"ListSecrets","times":0"#, true),
        (#""atLeast":4"#, true), (#""atLeast":5"#, false),
        (#""atMost":4"#, true), (#""atMost":3"#, false),
        (#""principal":"arn:aws:iam::000000000000:root","times":3"#, true),
        (#""principal":"*:user/*","times":0"#, true),
        (#""account":"111111111111","times":1"#, true),
        (#""errorCode":"ResourceNotFoundException","times":2"#, true),
        (#""secret":"gone","errorCode":"ResourceNotFoundException","times":1"#, true),
        (#""refused":true,"times":0"#, true), (#""refused":false,"times":4"#, true),
    ])
    func `Calls are counted by what they were`(expectation: String, holds: Bool) throws {
        let start = try cursor()
        read()
        read()
        read("gone")
        read("app/key", key: "111111111111")
        #expect(passes(expectation, since: start) == holds)
    }

    @Test func `A version is read, and by the label too`() throws {
        let start = try cursor()
        let id = "22222222-2222-4222-8222-222222222222"
        try server.scratch.callRaw(
            .putSecretValue,
            [
                "SecretId": "app/key", "SecretString": "new",
                "ClientRequestToken": .string(id),
            ]
        )
        let reads = #""event":"GetSecretValue","versionId":"\#(id)""#
        #expect(passes(#"\#(reads),"times":0"#, since: start))
        read()
        #expect(passes(#"\#(reads),"times":1"#, since: start))
        read("app/key", #","VersionStage":"AWSPREVIOUS""#)
        #expect(passes(#"\#(reads),"times":1"#, since: start))
    }

    @Test func `A failure says which, how many there were, and the calls`() throws {
        let start = try cursor()
        read()
        let answer = check(
            #"{"since":\#(start),"expect":[{"atLeast":1},"#
                + #"{"event":"GetSecretValue","secret":"app/key","times":0}]}"#
        )
        #expect(answer["passed"] == .bool(false))
        #expect(answer["failures"]?.elements?.count == 1)
        let failure = answer["failures"]?[0]
        #expect(failure?["expectation"]?.integer == 1)
        #expect(failure?["found"]?.integer == 1)
        #expect(failure?["calls"]?[0]?["record"]?["eventName"]?.string == "GetSecretValue")
        #expect(answer["cursor"]?.integer == start + 1)
    }

    @Test func `Calls a minute are counted in any minute of the vault's time`() throws {
        let start = try cursor()
        for _ in 0..<3 {
            for _ in 0..<4 { read() }
            server.scratch.clock.advance(milliseconds: 30_000)
        }
        #expect(passes(#""event":"GetSecretValue","perMinuteAtMost":8"#, since: start))
        #expect(!passes(#""event":"GetSecretValue","perMinuteAtMost":7"#, since: start))
    }

    @Test func `Without a cursor it looks from now on`() throws {
        read()
        let answer = check(#"{"expect":[{"event":"GetSecretValue","atLeast":1}]}"#)
        #expect(answer["passed"] == .bool(false))
        #expect(try answer["cursor"]?.integer == cursor())
    }

    /// Sends an assertion that waits; the answer comes when it is settled.
    private func waiting(_ body: String) -> @Sendable () -> JSONValue {
        let answer = Locked<HTTPResponse?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        server.router.handle(request(body)) { response in
            answer.withLock { $0 = response }
            isDone.signal()
        }
        return {
            isDone.wait()
            return answer.withLock { $0 }?.json ?? .null
        }
    }

    @Test func `It waits until it is so, while others call`() throws {
        let start = try cursor()
        let answer = waiting(
            #"{"since":\#(start),"waitMilliseconds":20000,"#
                + #""expect":[{"event":"GetSecretValue","times":3}]}"#
        )
        for _ in 0..<3 { read() }
        #expect(answer()["passed"] == .bool(true))
    }

    @Test func `It waits no longer than it was told, and not for what cannot become so`() throws {
        let start = try cursor()
        let late = waiting(
            #"{"since":\#(start),"waitMilliseconds":200,"expect":[{"secret":"honey","atLeast":1}]}"#
        )
        #expect(late()["passed"] == .bool(false))
        read("honey")
        let lost = waiting(
            #"{"since":\#(start),"waitMilliseconds":60000,"expect":[{"secret":"honey","times":0}]}"#
        )
        #expect(lost()["failures"]?[0]?["found"]?.integer == 1)
    }

    @Test func `A server that stops lets nobody wait`() throws {
        let answer = waiting(
            #"{"waitMilliseconds":60000,"expect":[{"event":"ListSecrets","atLeast":1}]}"#
        )
        // It has begun to wait, or will not any more.
        try server.open.vault.writeAndWait { _ throws(APIError) in }
        server.open.endWork()
        #expect(answer()["passed"] != .bool(true))
    }

    @Test func `A cursor of another vault, or of what the trail has no more, is refused`() throws {
        let limited = try ScratchServer { $0.auditRecords = 5 }
        for _ in 0..<40 { _ = limited.call("ListSecrets", "{}") }
        try limited.open.vault.writeAndWait { _ throws(APIError) in }
        _ = limited.call("ListSecrets", "{}")
        let old = limited.send(request(#"{"since":0,"expect":[]}"#))
        #expect(old.status == 409)
        #expect(old.json["error"]?.string == "CursorTooOld")
        #expect(server.send(request(#"{"since":100000}"#)).status == 400)
    }

    @Test(arguments: [
        "[]", #"{"since":-1}"#, #"{"since":"1"}"#, #"{"waitMilliseconds":600001}"#,
        #"{"until":1}"#, #"{"expect":{}}"#, #"{"expect":[1]}"#, #"{"expect":[{}]}"#,
        #"{"expect":[{"event":"GetSecretValue"}]}"#, #"{"expect":[{"times":1,"atMost":2}]}"#,
        #"{"expect":[{"times":-1}]}"#, #"{"expect":[{"times":1,"event":2}]}"#,
        #"{"expect":[{"times":1,"colour":"red"}]}"#, #"{"expect":[{"times":1,"refused":"no"}]}"#,
        #"{"expect":[{"times":1,"account":"me"}]}"#,
    ])
    func `A body that makes no sense is refused`(body: String) throws {
        let answer = server.send(request(body))
        #expect(answer.status == 400)
        #expect(answer.json["error"]?.string == "InvalidRequest")
        #expect(server.send(.post("{}", [], path: "/_pocketvault/assert")).status == 415)
    }
}
