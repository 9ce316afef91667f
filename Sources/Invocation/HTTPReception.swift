/// Takes what libcurl receives.
final class HTTPReception {
    private(set) var fields: [HTTPField] = []
    private(set) var body: [UInt8] = []

    /// A line of the head: the status line, a field, or the empty line at the end.
    func takeHeader(_ line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // The head of a later answer takes the place of an interim one.
            fields = []
            return
        }
        guard let colon = text.firstIndex(of: ":"), fields.count < 200 else { return }
        let value = text[text.index(after: colon)...]
        fields.append(
            HTTPField(name: text[..<colon].lowercased(), value: HTTPReception.trimmed(value))
        )
    }

    func takeBody(_ bytes: UnsafeRawBufferPointer) {
        body += bytes.prefix(max(0, HTTPAnswer.maximumLength - body.count))
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
    Unmanaged<HTTPReception>.fromOpaque(context).takeUnretainedValue()
        .takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}
