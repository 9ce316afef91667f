import Client
import HTTPServer
import Invocation
import JSON
import TestSupport
import Testing

@Suite("A call to the control surface")
struct ControlClientTests {
    @Test func `It is signed JSON with its query`() throws {
        let host = try ScratchHost { _, _ in .json(#"{"now":"x"}"#) }
        let control = host.client().control
        let answer = try control.object("POST", "/_pocketvault/clock?a=b", body: ["rate": 2])
        #expect(answer.members.text("now") == "x")
        #expect(answer.text == #"{"now":"x"}"#)
        let request = host.requests[0]
        #expect(request.path == "/_pocketvault/clock")
        #expect(request.query == "a=b")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.headers["Authorization"]?.contains("/secretsmanager/aws4_request") == true)
    }

    @Test func `What the server refuses is an error with its sentence`() throws {
        let host = try ScratchHost { _, _ in
            .json(#"{"error":"NotFound","message":"There is nothing."}"#, status: 404)
        }
        var expected = ServiceRefusal(code: "NotFound", message: "There is nothing.", status: 404)
        expected.isControl = true
        #expect(expected.description == "There is nothing.")
        #expect(throws: ClientError.refused(expected)) {
            try host.client().control.object("GET", "/_pocketvault/nothing")
        }
    }

    @Test func `A stream gives its events, and goes on after the last that was seen`() throws {
        let host = try ScratchHost { _, _ in
            HTTPResponse(
                status: 200,
                headers: [("Content-Type", "text/event-stream")],
                body: Array("id: 7\nevent: call\ndata: {}\n\n: beat\n\ndata: b\ndata: c\n\n".utf8)
            )
        }
        let stream = Stream()
        try host.client().control.events("/_pocketvault/stream", after: "6", until: Cancellation())
        {
            stream.take($0)
        }
        #expect(
            stream.events == [
                StreamEvent(id: "7", name: "call", data: "{}"),
                StreamEvent(id: "7", data: "b\nc"),
            ]
        )
        #expect(host.requests[0].headers["Last-Event-ID"] == "6")
        #expect(host.requests[0].headers["Accept"] == "text/event-stream")
    }

    @Test func `What is downloaded is given away, and what goes wrong there ends it`() throws {
        let host = try ScratchHost { _, _ in HTTPResponse(status: 200, body: [1, 2, 3]) }
        let control = host.client().control
        var bytes: [UInt8] = []
        try control.download("/_pocketvault/backup") { bytes += $0 }
        #expect(bytes == [1, 2, 3])
        struct Full: Error {}
        #expect(throws: Full.self) {
            try control.download("/_pocketvault/backup") { _ in throw Full() }
        }
    }

    @Test func `A stream ends when its reader has enough`() throws {
        let host = try ScratchHost { _, _ in
            HTTPResponse(status: 200, body: Array("data: 1\n\ndata: 2\n\n".utf8))
        }
        let stream = Stream(limit: 1)
        try host.client().control.events("/_pocketvault/stream", until: Cancellation()) {
            stream.take($0)
        }
        #expect(stream.events.map(\.data) == ["1"])
    }

    @Test func `A stream that is refused is an error`() throws {
        let host = try ScratchHost { _, _ in
            .json(#"{"error":"Bad","message":"No."}"#, status: 400)
        }
        var expected = ServiceRefusal(code: "Bad", message: "No.", status: 400)
        expected.isControl = true
        #expect(throws: ClientError.refused(expected)) {
            try host.client().control.events("/_pocketvault/stream", until: Cancellation()) { _ in
                true
            }
        }
    }

    /// What a stream told.
    private final class Stream {
        private let limit: Int
        private(set) var events: [StreamEvent] = []

        init(limit: Int = .max) {
            self.limit = limit
        }

        func take(_ event: StreamEvent) -> Bool {
            events.append(event)
            return events.count < limit
        }
    }
}
