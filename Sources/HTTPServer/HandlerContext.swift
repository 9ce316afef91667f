internal import Threads

/// What the C callbacks reach through their context pointer; the listener keeps it alive.
final class HandlerContext: Sendable {
    let rules: RequestRules
    private let handler: HTTPHandler
    private let traffic = Locked(Traffic())

    init(rules: RequestRules, handler: @escaping HTTPHandler) {
        self.rules = rules
        self.handler = handler
    }

    /// An answer, and whether the connection ends with it.
    struct Reply {
        var response: HTTPResponse
        var closes: Bool
    }

    /// Judges a head; nil when the body is to be read.
    func begin(_ reception: Reception, _ head: RequestHead) -> Reply? {
        switch rules.verdict(on: head) {
        case .refuseNow(let refusal):
            return Reply(response: refusal, closes: true)
        case .refuseAfterBody(let refusal):
            reception.refuse(refusal)
        case .accept(let bodyBytes):
            guard traffic.withLock({ $0.begin() }) else {
                return Reply(response: .stopping, closes: true)
            }
            reception.isInFlight = true
            reception.accept(head, bodyBytes: bodyBytes)
        }
        return nil
    }

    /// Asks the handler; nil when the answer comes later and the connection sleeps until then.
    func handle(_ request: HTTPRequest, _ pending: PendingAnswer) -> Reply? {
        guard traffic.withLock({ $0.beginHandler() }) else {
            return Reply(response: .stopping, closes: true)
        }
        handler(request, Exchange(pending))
        if let response = pending.take() {
            return Reply(response: response, closes: !traffic.withLock { $0.endHandler() })
        }
        guard traffic.withLock({ $0.endHandler(waitingFor: pending) }) else {
            pending.finish()
            return Reply(response: .stopping, closes: true)
        }
        return pending.takeOrSuspend().map { Reply(response: $0, closes: !isOpen) }
    }

    /// The answer that a suspended connection was resumed for.
    func resume(_ pending: PendingAnswer) -> Reply? {
        pending.take().map { Reply(response: $0, closes: !isOpen) }
    }

    /// The answer was sent to the end, or the client is gone.
    func finish(_ reception: Reception) {
        reception.pending?.finish()
        if reception.isInFlight { traffic.withLock { $0.end(reception.pending) } }
    }

    private var isOpen: Bool { traffic.withLock { $0.isOpen } }

    /// Takes no more requests.
    func drain() {
        traffic.withLock { $0.drain() }
    }

    /// True when nothing is in flight; then nothing will be.
    func isDrained() -> Bool { traffic.withLock { $0.isDrained() } }

    /// No handler runs, and none ever will.
    var isStill: Bool { traffic.withLock { $0.isStill } }

    /// Answers what still waits for an answer, so that no connection is suspended any more.
    func cut() {
        for pending in traffic.withLock({ $0.cut() }) { pending.answer(.stopping) }
    }
}
