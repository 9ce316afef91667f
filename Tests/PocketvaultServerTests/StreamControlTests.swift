import AWS
import HTTPServer
import JSON
import Notation
import Storage
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("The stream under /_pocketvault")
struct StreamControlTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
        create("a")
        create("b")
    }

    private func create(_ name: String) {
        let token = "token-for-a-secret-of-this-test-\(name)"
        let value = #""SecretString":"calm-otter","ClientRequestToken":"\#(token)""#
        #expect(server.call("CreateSecret", #"{"Name":"\#(name)",\#(value)}"#).status == 200)
    }

    private func open(_ query: String = "", lastEventID: String? = nil) throws -> ScratchListener {
        let headers = lastEventID.map { [(name: "Last-Event-ID", value: $0)] } ?? []
        let answer = server.send(
            HTTPRequest(
                method: "GET",
                path: "/_pocketvault/stream",
                query: query,
                headers: HTTPHeaders(headers)
            )
        )
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer[header: "content-type"] == "text/event-stream")
        return ScratchListener(try #require(answer.stream))
    }

    @Test("what comes is told, with its place in the trail and what the audit shows of it")
    func calls() throws {
        let listener = try open()
        create("c")
        let event = try #require(listener.wait(for: 1).first)
        #expect(event.name == "call")
        #expect(event.id == 3)
        let shown = server.send(.get("/_pocketvault/audit", query: "after=2")).json
        #expect(event.data == shown["records"]?.elements?.first)
        #expect(event.data["record"]?["eventName"] == "CreateSecret")
        #expect(!listener.text.contains("calm-otter"))
    }

    @Test("reads are told too, and what the service did on its own has a name of its own")
    func services() throws {
        let listener = try open()
        _ = server.call("DescribeSecret", #"{"SecretId":"a"}"#)
        #expect(listener.wait(for: 1).first?.name == "call")
        _ = server.call("DeleteSecret", #"{"SecretId":"a"}"#)
        let events = listener.wait(for: 3).dropFirst()
        #expect(events.map(\.name).sorted() == ["call", "service"])
    }

    @Test("it begins where Last-Event-ID says, else after the record that is named")
    func resumption() throws {
        #expect(try open("after=1").wait(for: 1).map(\.id) == [2])
        #expect(try open("after=0", lastEventID: "1").wait(for: 1).map(\.id) == [2])
        #expect(try open("after=0").wait(for: 2).map(\.id) == [1, 2])
        // And goes on with what comes.
        let listener = try open(lastEventID: "1")
        create("c")
        #expect(listener.wait(for: 2).map(\.id) == [2, 3])
    }

    @Test("with a limit it begins with the newest that are wanted")
    func newest() throws {
        let listener = try open("limit=1&event=CreateSecret")
        #expect(listener.wait(for: 1).map(\.id) == [2])
        create("c")
        #expect(listener.wait(for: 2).map(\.id) == [2, 3])
    }

    @Test("a place that the trail never came to is one in another trail: all is told")
    func otherTrail() throws {
        #expect(try open(lastEventID: "900").wait(for: 2).map(\.id) == [1, 2])
    }

    @Test("only what is asked for is told")
    func filters() throws {
        let listener = try open("secret=c")
        create("d")
        create("c")
        create("e")
        #expect(listener.wait(for: 1).map(\.id) == [4])
        let services = try open("events=true&after=0")
        _ = server.call("DeleteSecret", #"{"SecretId":"a"}"#)
        #expect(services.wait(for: 1).map(\.name) == ["service"])
    }

    @Test("a clock that is moved is told to who asks for all, and to no other")
    func clock() throws {
        let all = try open()
        let some = try open("event=CreateSecret")
        let answer = server.send(
            .post(#"{"freeze":true}"#, [ControlTests.json], path: "/_pocketvault/clock")
        )
        #expect(answer.status == 200, "\(answer.text)")
        let event = try #require(all.wait(for: 1).first)
        #expect(event.name == "clock")
        #expect(event.id == nil)
        #expect(event.data["frozen"] == true)
        create("c")
        #expect(some.wait(for: 1).map(\.name) == ["call"])
    }

    @Test("who falls behind what is kept for all goes on from the trail, and misses nothing")
    func slow() throws {
        let slow = try open()
        let fast = try open("event=ListSecrets")
        let value = String(repeating: "a", count: 2_000)
        let policy = #"{"SecretId":"a","SearchedFor":"\#(value)"}"#
        for _ in 0..<600 { _ = server.call("DescribeSecret", policy) }
        // About as many as are kept.
        for number in 0..<1_600 {
            _ = server.call("GetSecretValue", #"{"SecretId":"missing-\#(number)"}"#)
        }
        _ = server.call("ListSecrets", "{}")
        #expect(fast.wait(for: 1).map(\.id) == [2_203])
        let ids = slow.wait(for: 2_201).compactMap(\.id)
        #expect(ids == Array(3...2_203))
    }

    @Test("records that the trail no longer has are told as lost")
    func trimmed() throws {
        // Of another day, and so in another block.
        server.scratch.clock.advance(milliseconds: 86_400_000)
        create("c")
        try server.scratch.vault.writeAndWait { vault throws(APIError) in
            try vault.trimAudit(before: Timestamp(milliseconds: .max / 4))
        }
        let events = try open("after=0").wait(for: 2)
        #expect(events.map(\.name) == ["lost", "call"])
        #expect(events.first?.data == ["records": 2])
        #expect(events.last?.id == 3)
    }

    @Test("who listens is no request in the log")
    func log() throws {
        let listener = try open()
        create("c")
        _ = listener.wait(for: 1)
        #expect(!server.logText.contains("stream"))
        #expect(server.logText.contains("CreateSecret"))
    }

    @Test("where nobody listens nothing is read, and a listener that is gone is nobody")
    func rest() throws {
        let before = server.watched.reads
        create("c")
        #expect(server.watched.reads == before)
        do {
            let listener = try open()
            create("d")
            _ = listener.wait(for: 1)
            #expect(server.open.feed.listenerCount == 1)
        }
        #expect(server.open.feed.listenerCount == 0)
        // The look that was planned, if there was one, is over.
        server.open.feed.stop()
        let after = server.watched.reads
        create("e")
        #expect(server.watched.reads == after)
    }

    @Test("there are so many listeners and no more")
    func bound() throws {
        let feed = EventFeed(
            of: server.scratch.vault,
            clock: server.open.clock,
            maximumListeners: 2
        )
        let control = StreamControl(
            feed: feed,
            vault: server.scratch.vault,
            tasks: TaskControl(of: server.open),
            work: ControlWork(work: server.open.longWork)
        )
        var streams = (0..<2).map { _ in
            control.opening(.get("/_pocketvault/stream")).response.stream
        }
        #expect(!streams.contains { $0 == nil })
        let refusal = control.opening(.get("/_pocketvault/stream")).response
        #expect(refusal.status == 503)
        #expect(refusal.json["error"] == "TooManyListeners")
        streams.removeLast()
        #expect(control.opening(.get("/_pocketvault/stream")).response.status == 200)
    }

    @Test("listeners get a sign of life, by which a client that is gone is noticed")
    func heartbeat() throws {
        let feed = EventFeed(
            of: server.scratch.vault,
            clock: server.open.clock,
            pause: EventFeed.Pause(betweenLooks: 50, betweenBeats: 20)
        )
        let control = StreamControl(
            feed: feed,
            vault: server.scratch.vault,
            tasks: TaskControl(of: server.open),
            work: ControlWork(work: server.open.longWork)
        )
        let answer = control.opening(.get("/_pocketvault/stream")).response
        let listener = ScratchListener(try #require(answer.stream))
        listener.wait { $0.hasSuffix("\n:\n\n:\n\n") }
        #expect(listener.events.isEmpty)
    }

    @Test(
        "a place or a field that makes no sense is refused",
        arguments: ["after=x", "limit=0", "since=today"]
    )
    func refusedFields(query: String) {
        let answer = server.send(.get("/_pocketvault/stream", query: query))
        #expect(answer.status == 400)
        #expect(answer.stream == nil)
    }

    @Test("a Last-Event-ID that is none is refused")
    func refusedPlace() {
        let headers = HTTPHeaders([(name: "Last-Event-ID", value: "-1")])
        let answer = server.send(
            HTTPRequest(method: "GET", path: "/_pocketvault/stream", headers: headers)
        )
        #expect(answer.status == 400)
        #expect(answer.json["error"] == "InvalidRequest")
    }
}
