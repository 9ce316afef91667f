import Foundation
import HTTPServer
import JSON
import Testing

/// Reads a stream as a connection does, but asks where a connection sleeps until it is woken.
final class ScratchListener {
    /// A message of the stream.
    struct Event {
        var id: Int64?
        var name = ""
        var data = JSONValue.null
    }

    private let stream: BodyStream
    private(set) var text = ""
    /// What was told so far, without signs of life.
    private(set) var events: [Event] = []
    /// The begin of a message whose end has not come.
    private var rest: [UInt8] = []

    init(_ stream: BodyStream) {
        self.stream = stream
    }

    private func take(_ bytes: [UInt8]) {
        text += String(decoding: bytes, as: UTF8.self)
        for byte in bytes {
            rest.append(byte)
            guard byte == 0x0A, rest.count > 1, rest[rest.count - 2] == 0x0A else { continue }
            if let event = ScratchListener.event(in: String(decoding: rest, as: UTF8.self)) {
                events.append(event)
            }
            rest.removeAll()
        }
    }

    private static func event(in message: String) -> Event? {
        var event = Event()
        for line in message.split(separator: "\n") {
            let field = line.prefix { $0 != ":" }
            let value = String(line.dropFirst(field.count + 2))
            switch field {
            case "id": event.id = Int64(value)
            case "event": event.name = value
            case "data": event.data = (try? JSONParser.parse(Array(value.utf8))) ?? .null
            default: break
            }
        }
        return event.name.isEmpty ? nil : event
    }

    /// Reads until so many events were told, ten seconds at most.
    @discardableResult
    func wait(for count: Int) -> [Event] {
        wait { _ in events.count >= count }
        #expect(events.count == count, "\(text)")
        return events
    }

    /// Whether nothing more will come.
    var hasEnded: Bool {
        if case .end = stream.next() { true } else { false }
    }

    func wait(until isEnough: (String) -> Bool) {
        for _ in 0..<10_000 where !isEnough(text) {
            switch stream.next() {
            case .bytes(let bytes): take(bytes)
            case .later: usleep(1_000)
            case .end, .cut:
                Issue.record("the stream ended: \(text)")
                return
            }
        }
        #expect(isEnough(text), "\(text.suffix(500))")
    }
}
