/// An event of a stream.
package struct StreamEvent: Sendable, Equatable {
    /// The latest id that the stream told; nil before the first.
    package var id: String?
    /// What kind of event it is; `message` when the stream does not say.
    package var name: String
    package var data: String

    /// An event as a stream tells it.
    package init(id: String? = nil, name: String = "message", data: String) {
        self.id = id
        self.name = name
        self.data = data
    }
}

/// Takes server-sent events apart.
///
/// [Server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream)
struct EventParser {
    private var line: [UInt8] = []
    private var isAfterReturn = false
    private var id: String?
    private var name: String?
    private var data: [String] = []

    /// The events that are whole with these bytes.
    mutating func events(in bytes: [UInt8]) -> [StreamEvent] {
        var events: [StreamEvent] = []
        for byte in bytes {
            let isLineFeed = byte == UInt8(ascii: "\n")
            defer { isAfterReturn = byte == UInt8(ascii: "\r") }
            guard isLineFeed || byte == UInt8(ascii: "\r") else {
                line.append(byte)
                continue
            }
            if isLineFeed && isAfterReturn { continue }
            if line.isEmpty {
                if let event = finish() { events.append(event) }
            } else {
                take(line)
                line.removeAll(keepingCapacity: true)
            }
        }
        return events
    }

    private mutating func take(_ line: [UInt8]) {
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var rest = line[colon...].dropFirst()
        if rest.first == UInt8(ascii: " ") { rest.removeFirst() }
        let value = String(decoding: rest, as: UTF8.self)
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "id": if !value.utf8.contains(0) { id = value }
        case "event": name = value
        case "data": data.append(value)
        // A comment, as heartbeats are, or a field that nobody here needs.
        default: break
        }
    }

    private mutating func finish() -> StreamEvent? {
        defer {
            name = nil
            data = []
        }
        guard !data.isEmpty else { return nil }
        return StreamEvent(id: id, name: name ?? "message", data: data.joined(separator: "\n"))
    }
}
