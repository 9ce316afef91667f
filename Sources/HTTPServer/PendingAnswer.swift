internal import CMicroHTTPD
internal import Threads

/// The answer that a connection waits for: the one place where its thread and others meet.
struct PendingAnswer: Sendable {
    private let state = Locked(ExchangeState())
    /// Other threads use it only to resume, which libmicrohttpd allows, and only while it is
    /// suspended, when libmicrohttpd neither closes nor frees it.
    nonisolated(unsafe) private let connection: OpaquePointer

    init(_ connection: OpaquePointer) {
        self.connection = connection
    }

    /// Tells it from others that are there at the same time.
    var identity: ObjectIdentifier { ObjectIdentifier(state) }

    /// Gives the answer, from any thread; the first one counts.
    ///
    /// Resumed under the lock: a stop that finds nothing suspended may rely on it.
    func answer(_ answer: ExchangeAnswer) {
        state.withLock { state in
            if state.answer(answer) { MHD_resume_connection(connection) }
        }
    }

    /// Takes the answer to send it, if there is one.
    func take() -> ExchangeAnswer? {
        state.withLock { $0.takeAnswer() }
    }

    /// Puts the connection to sleep, or gives the answer that came in the meantime.
    ///
    /// Suspended under the lock: libmicrohttpd takes a resume that overtakes its suspend for
    /// nothing, and the connection would hang.
    func takeOrSuspend() -> ExchangeAnswer? {
        state.withLock { state in
            if state.suspend() { MHD_suspend_connection(connection) }
            return state.takeAnswer()
        }
    }

    /// The connection is gone or has its answer; a later one is dropped.
    func finish() {
        state.withLock { $0.finish() }
    }
}
