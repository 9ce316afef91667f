internal import CMicroHTTPD
internal import Threads

/// One request on its way through libmicrohttpd: what was received, and the answer to send.
///
/// libmicrohttpd holds the one retain, from the first byte to the completed callback.
final class Reception: Sendable {
    enum Phase {
        case receiving
        /// The handler runs on the connection's thread.
        case handling
        /// The connection waits for another thread to answer.
        case suspended
        case answered(HTTPResponse)
        /// The answer belongs to libmicrohttpd, or the client went away.
        case finished
    }

    private struct State {
        var phase = Phase.receiving
        var headers: HTTPHeaders?
        var body: [UInt8] = []
        var received = 0
        var refusal: HTTPResponse?
        var isCounted = false
    }

    private let state = Locked(State())
    /// The request line's target, as sent.
    let target: String
    /// libmicrohttpd's own lock guards what is behind it; we hand it on, to resume, and no more.
    nonisolated(unsafe) private let connection: OpaquePointer

    init(target: String, connection: OpaquePointer) {
        self.target = target
        self.connection = connection
    }

    /// Takes the headers; a refusal is answered before any of the body is read.
    func begin(_ headers: HTTPHeaders) {
        state.withLock { $0.headers = headers }
    }

    var hasBegun: Bool { state.withLock { $0.headers != nil } }

    /// Takes a piece of the body; false when there is more than anyone should send.
    func receive(_ bytes: UnsafeRawBufferPointer, within limits: HTTPLimits) -> Bool {
        state.withLock { state in
            state.received += bytes.count
            guard state.received <= limits.drainedBytes else { return false }
            if state.received <= limits.bodyBytes {
                state.body.append(contentsOf: bytes)
            } else {
                state.body = []
                state.refusal = .refusal(413, "The body is larger than \(limits.bodyBytes) bytes.")
            }
            return true
        }
    }

    enum Next {
        case handle(HTTPHeaders, [UInt8])
        case send(HTTPResponse)
        case wait
    }

    /// What to do now that the body is complete, or the connection was resumed.
    func proceed() -> Next {
        state.withLock { state in
            switch state.phase {
            case .receiving:
                if let refusal = state.refusal {
                    state.phase = .finished
                    return .send(refusal)
                }
                state.phase = .handling
                state.isCounted = true
                return .handle(state.headers ?? HTTPHeaders([]), state.body)
            case .answered(let response):
                state.phase = .finished
                return .send(response)
            case .handling, .suspended, .finished:
                return .wait
            }
        }
    }

    /// After the handler returned: the answer if it has one, else the connection is put to sleep.
    func answerOrSuspend() -> HTTPResponse? {
        state.withLock { state in
            if case .answered(let response) = state.phase {
                state.phase = .finished
                return response
            }
            MHD_suspend_connection(connection)
            state.phase = .suspended
            return nil
        }
    }

    /// Gives the answer, from any thread; the first one counts.
    func answer(_ response: HTTPResponse) {
        state.withLock { state in
            switch state.phase {
            case .receiving, .handling:
                state.phase = .answered(response)
            case .suspended:
                state.phase = .answered(response)
                MHD_resume_connection(connection)
            case .answered, .finished:
                break
            }
        }
    }

    /// The connection is done with this request; true when a handler was asked for it.
    func finish() -> Bool {
        state.withLock { state in
            state.phase = .finished
            return state.isCounted
        }
    }
}
