internal import Glibc
internal import Notation

/// A refusal that stands in the place of what libmicrohttpd would say, or would not, before it closes.
struct LastWords {
    /// What is still to be sent.
    private var rest: ArraySlice<UInt8>

    init(_ refusal: HTTPResponse, hasBody: Bool) {
        let now = Timestamp(milliseconds: Int64(time(nil)) * 1_000)
        rest = refusal.bytes(on: CalendarTime.httpText(of: now), hasBody: hasBody)[...]
    }

    /// How far they went.
    enum Sending {
        case sent, blocked, broken
    }

    /// Sends what is left of them, past the gate.
    mutating func send(to socket: Int32) -> Sending {
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                sendto(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL), nil, 0)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return errno == EAGAIN ? .blocked : .broken
            }
        }
        return .sent
    }
}
