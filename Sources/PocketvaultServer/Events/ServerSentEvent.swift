internal import JSON

/// A message of `text/event-stream`.
///
/// [Server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html)
enum ServerSentEvent {
    static let contentType = "text/event-stream"

    /// How soon a client that lost its connection comes again, in milliseconds; also the first bytes,
    /// from which a client sees that it is heard.
    static let opening = Array("retry: 1000\n\n".utf8)

    /// What a client passes over; without it nobody would notice that a client is gone.
    static let heartbeat = Array(":\n\n".utf8)

    /// An event whose data is one line of JSON.
    ///
    /// - Parameters:
    ///   - name: the kind of event.
    ///   - id: where to go on after it; nil for what has no place in the trail.
    ///   - data: an object.
    /// - Returns: its bytes.
    static func event(_ name: String, id: Int64? = nil, _ data: some JSONWritable) -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        data.write(to: &writer)
        let head = (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: "
        return Array(head.utf8) + writer.bytes + Array("\n\n".utf8)
    }

    /// The same, with members that `members` writes.
    static func event(_ name: String, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        members(&writer)
        writer.endObject()
        return Array("event: \(name)\ndata: ".utf8) + writer.bytes + Array("\n\n".utf8)
    }
}
