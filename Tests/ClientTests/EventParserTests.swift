import Testing

@testable import Client

@Suite("Server-sent events")
struct EventParserTests {
    private let stream =
        "id: 1\r\nevent: call\r\ndata: {\"a\":1}\r\n\r\n:x\n\ndata:b\rdata: c\r\rid\n\n"

    @Test func `They are the same in whatever pieces they come`() {
        let expected = [
            StreamEvent(id: "1", name: "call", data: "{\"a\":1}"),
            StreamEvent(id: "1", data: "b\nc"),
        ]
        let bytes = Array(stream.utf8)
        for size in 1...bytes.count {
            var parser = EventParser()
            var events: [StreamEvent] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                events += parser.events(in: Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(events == expected)
        }
    }

    @Test func `Without data there is no event, and a half one waits`() {
        var parser = EventParser()
        #expect(parser.events(in: Array("event: call\n\n".utf8)).isEmpty)
        #expect(parser.events(in: Array("data: a\n".utf8)).isEmpty)
        #expect(parser.events(in: Array("\n".utf8)) == [StreamEvent(data: "a")])
    }
}
