internal import CMicroHTTPD
internal import Glibc
internal import Threads

/// A client's connection, and how far its present request has come.
final class OpenConnection: Sendable {
    /// What the connection is at.
    enum Phase {
        /// The head of a request is awaited or comes in, and must be whole by then.
        case head(until: Int)
        case body
        /// The request is whole: the client may have closed its side.
        case answer
    }

    /// What is to be done about it.
    enum Verdict {
        case keep
        /// Its client seems to be gone: look again soon.
        case doubt
        case cut
    }

    private struct State {
        var phase: Phase
        /// No request has come yet.
        var isNew = false
        /// Its client was found gone, in this phase.
        var isLeft = false
    }

    /// The socket; valid as long as this is among the open connections.
    let descriptor: Int32
    /// Whether TLS is spoken with the client, by a relay in front of this.
    let isEncrypted: Bool
    private let state: Locked<State>
    private let opened = MonotonicTime.now
    /// The request under way; for the connection's own thread alone, as the next is.
    nonisolated(unsafe) var reception: Reception?
    /// The answer that stands in libmicrohttpd's place; nil where there is none.
    nonisolated(unsafe) var lastWords: LastWords?

    init(_ descriptor: Int32, isEncrypted: Bool, headUntil end: Int) {
        self.descriptor = descriptor
        self.isEncrypted = isEncrypted
        state = Locked(State(phase: .head(until: end), isNew: true))
    }

    /// The request went on, as its own thread saw.
    func enter(_ phase: Phase) {
        state.withLock { $0 = State(phase: phase) }
    }

    /// Whether its client has sent something, and nothing that begins like a request: at its end.
    ///
    /// What of it looks like a line is refused, and told of as a request that was refused; what the client
    /// was after only this tells. The greeting of TLS is longer than what a client leaves that has only looked, and shorter than a line that is too
    /// long.
    var wasUnheard: Bool {
        guard state.withLock({ $0.isNew }) else { return false }
        return (64..<8_192).contains(pocketvault_bytes_received(descriptor))
    }

    /// Judges the connection by the time and by what its socket says.
    ///
    /// Whether a client is gone is asked twice: the first time its thread may just have read the end
    /// of the request and not said so yet.
    func verdict(at now: Int) -> Verdict {
        state.withLock { state in
            if case .answer = state.phase { return .keep }
            var byte: UInt8 = 0
            let unread = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
            switch unread {
            case 0:
                // All was read that the client sent, and nothing more will come.
                defer { state.isLeft = true }
                return state.isLeft ? .cut : .doubt
            case 1:
                // Its thread has yet to read: the client is not who is late.
                return .keep
            default:
                guard case .head(let end) = state.phase else { return .keep }
                return now >= end ? .cut : .keep
            }
        }
    }

    /// Ends the connection: libmicrohttpd finds it closed, and frees it.
    func cut() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Sends what is left of the last words now, and no more of them after that: the connection ends.
    func sayLastWords() {
        _ = lastWords?.send(to: descriptor)
    }

    /// An answer of ours is on its way, or is being made of a request that is whole: what is sent is that.
    var isAnswered: Bool {
        state.withLock { state in
            if case .answer = state.phase { true } else { false }
        }
    }

    /// No request line was read, and there was no end of another request.
    var isUnspoken: Bool { state.withLock { $0.isNew } && reception == nil }

    /// Nothing may have happened for so long that libmicrohttpd closes it.
    func isLate(limits: HTTPLimits) -> Bool {
        MonotonicTime.now - opened >= Int(limits.idleSeconds) * 1_000
    }

    /// Its client has not closed its side, and neither has a cut.
    var hasClient: Bool {
        var byte: UInt8 = 0
        let unread = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return unread > 0 || (unread < 0 && errno == EAGAIN)
    }
}
