internal import Invocation
internal import Notation

/// Reads one answer of HTTP/1 from a connection: head, and a body in whatever frame it comes.
final class AnswerReader {
    private let connection: ServerConnection
    private let timeoutSeconds: Int?
    private let cancellation: Cancellation
    /// What came and was not looked at yet.
    private var pending: ArraySlice<UInt8> = []
    /// Whether the next answer may come over the same connection.
    private(set) var keepsConnection = false

    private static let longestHead = 65_536
    private static let brokenOff = ServerConnection.Failure.other("the answer broke off")
    private static let noHTTP = ServerConnection.Failure.other(
        "what answers there is no HTTP server"
    )

    init(_ connection: ServerConnection, timeoutSeconds: Int?, cancellation: Cancellation) {
        self.connection = connection
        self.timeoutSeconds = timeoutSeconds
        self.cancellation = cancellation
    }

    /// The head, past interim ones; nil when the server closed without a word.
    func head() throws(ServerConnection.Failure) -> HTTPAnswer? {
        while true {
            guard let status = try line(orEnd: true) else { return nil }
            let parts = status.split(separator: " ", maxSplits: 2)
            guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), let code = Int(parts[1]) else {
                throw AnswerReader.noHTTP
            }
            var fields: [HTTPField] = []
            while let text = try line(), !text.isEmpty {
                guard let colon = text.firstIndex(of: ":"), fields.count < 200 else {
                    throw AnswerReader.noHTTP
                }
                let value = text[text.index(after: colon)...]
                fields.append(
                    HTTPField(
                        name: text[..<colon].lowercased(),
                        value: String(value.drop { $0 == " " || $0 == "\t" })
                    )
                )
            }
            guard code >= 200 else { continue }
            let answer = HTTPAnswer(status: code, fields: fields, body: [])
            keepsConnection =
                parts[0] == "HTTP/1.1" && answer["connection"]?.lowercased() != "close"
            return answer
        }
    }

    /// Gives the body to `receive`, piece by piece.
    ///
    /// - Returns: false when it wanted no more.
    func body(
        of head: HTTPAnswer,
        to method: String,
        _ receive: (HTTPAnswer, [UInt8]) -> Bool
    ) throws(ServerConnection.Failure) -> Bool {
        if method == "HEAD" || head.status == 204 || head.status == 304 { return true }
        if head["transfer-encoding"]?.lowercased() == "chunked" {
            return try chunks { receive(head, $0) }
        }
        if let text = head["content-length"] {
            guard let length = Int(text), length >= 0 else { throw AnswerReader.noHTTP }
            return try piece(of: length) { receive(head, $0) }
        }
        keepsConnection = false
        while true {
            if pending.isEmpty, try !fill() { return true }
            if !receive(head, take(pending.count)) { return false }
        }
    }

    private func chunks(_ receive: ([UInt8]) -> Bool) throws(ServerConnection.Failure) -> Bool {
        while true {
            let size = try line() ?? ""
            let digits = size.prefix { $0 != ";" && $0 != " " }
            guard let length = Int(digits, radix: 16), length >= 0 else {
                throw AnswerReader.noHTTP
            }
            if length == 0 {
                // Fields may follow, which nobody needs.
                while let text = try line(), !text.isEmpty {}
                return true
            }
            guard try piece(of: length, receive) else { return false }
            _ = try line()
        }
    }

    private func piece(
        of length: Int,
        _ receive: ([UInt8]) -> Bool
    ) throws(ServerConnection.Failure) -> Bool {
        var left = length
        while left > 0 {
            if pending.isEmpty, try !fill() { throw AnswerReader.brokenOff }
            let piece = take(min(left, pending.count))
            left -= piece.count
            if !receive(piece) { return false }
        }
        return true
    }

    // MARK: Bytes

    /// A line without its end.
    ///
    /// - Parameter orEnd: whether the connection may end before it.
    /// - Returns: nil at that end.
    /// - Throws: what hinders reading.
    private func line(orEnd: Bool = false) throws(ServerConnection.Failure) -> String? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                var line = pending[..<end]
                pending = pending[(end + 1)...]
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                return String(decoding: line, as: UTF8.self)
            }
            guard pending.count < AnswerReader.longestHead else { throw AnswerReader.noHTTP }
            if try !fill() {
                if orEnd && pending.isEmpty { return nil }
                throw pending.isEmpty ? AnswerReader.brokenOff : AnswerReader.noHTTP
            }
        }
    }

    private func take(_ count: Int) -> [UInt8] {
        let piece = Array(pending.prefix(count))
        pending = pending.dropFirst(count)
        return piece
    }

    /// - Returns: false at the end.
    private func fill() throws(ServerConnection.Failure) -> Bool {
        let more = try connection.read(timeoutSeconds: timeoutSeconds, cancellation)
        pending += more
        return !more.isEmpty
    }
}
