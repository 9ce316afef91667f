internal import CMicroHTTPD
internal import Threads

/// What the C callbacks reach through their context pointer; the listener keeps it alive.
final class HandlerContext: Sendable {
    let rules: RequestRules
    private let handler: HTTPHandler
    let refused: @Sendable (RefusedRequest) -> Void
    private let traffic = Locked(Traffic())
    let connections: OpenConnections

    init(
        rules: RequestRules,
        places: Places? = nil,
        unheard: @escaping @Sendable () -> Void = {},
        refused: @escaping @Sendable (RefusedRequest) -> Void,
        handler: @escaping HTTPHandler
    ) {
        self.rules = rules
        self.refused = refused
        self.handler = handler
        connections = OpenConnections(rules.limits, places, unheard: unheard)
    }

    /// What libmicrohttpd is told to do.
    enum Reply {
        case send(HTTPResponse, closes: Bool)
        /// The connection ends here.
        case cut

        static var stopping: Reply { .send(.stopping, closes: true) }
    }

    /// Judges a head; nil when the body is to be read.
    func begin(_ reception: Reception, _ head: RequestHead) -> Reply? {
        reception.connection?.enter(.body)
        reception.note(head)
        switch rules.verdict(on: head, isEncrypted: reception.isEncrypted) {
        case .refuseNow(let refusal):
            refused(RefusedRequest(head, refusal))
            reception.refuseAtOnce(refusal)
            return .send(refusal, closes: true)
        case .refuseAfterBody(let refusal):
            refused(RefusedRequest(head, refusal))
            reception.refuse(refusal)
        case .accept(let bodyBytes):
            guard traffic.withLock({ $0.begin() }) else {
                return .stopping
            }
            reception.isInFlight = true
            reception.accept(head, bodyBytes: bodyBytes)
        }
        return nil
    }

    /// Goes on with a request that is whole; nil when its answer comes later.
    func proceed(with reception: Reception, _ connection: OpaquePointer) -> Reply? {
        reception.connection?.enter(.answer)
        if let pending = reception.pending { return resume(pending) }
        if let refusal = refusal(of: reception, Trailers(of: connection)) { return refusal }
        return handle(
            reception.request(from: Peer(pocketvault_client_address(connection))),
            reception.expectAnswer(on: connection)
        )
    }

    /// What a request that is whole is refused for, or was before its body; nil for a good one.
    private func refusal(of reception: Reception, _ trailers: Trailers) -> Reply? {
        let refusal: HTTPResponse
        if let former = reception.refusal {
            refusal = former
        } else if let found = rules.refusal(of: trailers, after: reception.headMemory) {
            refused(reception.refused(found))
            refusal = found
        } else {
            return nil
        }
        guard let connection = reception.connection,
            !rules.hasRoom(after: reception.headMemory + trailers.memoryBytes)
        else { return .send(refusal, closes: true) }
        // The library has no room for this answer either.
        connection.lastWords = LastWords(refusal, hasBody: !reception.isHEAD)
        connection.sayLastWords()
        return .cut
    }

    /// Asks the handler; nil when the answer comes later and the connection sleeps until then.
    private func handle(_ request: HTTPRequest, _ pending: PendingAnswer) -> Reply? {
        guard traffic.withLock({ $0.beginHandler() }) else {
            return .stopping
        }
        handler(request, Exchange(pending))
        if let answer = pending.take() {
            return reply(answer, to: pending, isOpen: traffic.withLock { $0.endHandler() })
        }
        guard traffic.withLock({ $0.endHandler(waitingFor: pending) }) else {
            pending.finish()
            return .stopping
        }
        return pending.takeOrSuspend().map { reply($0, to: pending, isOpen: isOpen) }
    }

    /// The answer that a suspended connection was resumed for.
    private func resume(_ pending: PendingAnswer) -> Reply? {
        pending.take().map { reply($0, to: pending, isOpen: isOpen) }
    }

    private func reply(
        _ answer: ExchangeAnswer,
        to pending: PendingAnswer,
        isOpen: Bool
    ) -> Reply {
        guard case .response(let response) = answer else { return .cut }
        if let stream = response.stream,
            !traffic.withLock({ $0.begin(stream, for: pending) })
        {
            return .stopping
        }
        return .send(response, closes: !isOpen)
    }

    /// The answer was sent to the end, or the client is gone.
    func finish(_ reception: Reception) {
        reception.pending?.finish()
        if let connection = reception.connection {
            connection.reception = nil
            connections.awaitNext(on: connection)
        }
        if reception.isInFlight { traffic.withLock { $0.end(reception.pending) } }
    }

    /// Requests are taken.
    var isOpen: Bool { traffic.withLock { $0.isOpen } }

    /// Takes no more requests, and lets no stream begin.
    func drain() {
        traffic.withLock { $0.drain() }
    }

    /// Ends the streams, which would not end by themselves.
    func endStreams() {
        for stream in traffic.withLock({ $0.allStreams }) { stream.end() }
    }

    /// True when nothing is in flight; then nothing will be.
    func isDrained() -> Bool { traffic.withLock { $0.isDrained() } }

    /// No handler runs, and none ever will.
    var isStill: Bool { traffic.withLock { $0.isStill } }

    /// Answers what still waits for an answer, so that no connection is suspended any more.
    func cut() {
        for pending in traffic.withLock({ $0.cut() }) {
            pending.answer(.response(.stopping))
        }
    }
}
