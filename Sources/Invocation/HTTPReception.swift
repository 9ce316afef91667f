/// Takes what libcurl receives.
final class HTTPReception {
    /// The latest head; its body goes to the receiver.
    private(set) var head = HTTPAnswer(status: 0, fields: [], body: [])
    /// Whether the receiver wants no more.
    private(set) var hasEnough = false
    private let receive: (HTTPAnswer, [UInt8]) -> Bool

    init(_ receive: @escaping (HTTPAnswer, [UInt8]) -> Bool) {
        self.receive = receive
    }

    /// A line of the head: the status line, a field, or the empty line at the end.
    func takeHeader(_ line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // The head of a later answer takes the place of an interim one.
            let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) }
            head = HTTPAnswer(status: status ?? 0, fields: [], body: [])
            return
        }
        guard let colon = text.firstIndex(of: ":"), head.fields.count < 200 else { return }
        let value = text[text.index(after: colon)...]
        let field = HTTPField(
            name: text[..<colon].lowercased(),
            value: HTTPReception.trimmed(value)
        )
        head = HTTPAnswer(status: head.status, fields: head.fields + [field], body: [])
    }

    /// A piece of the body.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        hasEnough = !receive(head, Array(bytes))
        return !hasEnough
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}

/// libcurl's callbacks: they translate, and nothing else.
func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    Unmanaged<HTTPReception>.fromOpaque(context).takeUnretainedValue()
        .takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let wantsMore = Unmanaged<HTTPReception>.fromOpaque(context).takeUnretainedValue()
        .takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return wantsMore ? size * count : 0
}
