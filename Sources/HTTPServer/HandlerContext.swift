internal import Threads

/// What the C callbacks reach through their context pointer; the listener keeps it alive.
final class HandlerContext: Sendable {
    let limits: HTTPLimits
    let rules: RequestRules
    private let handler: HTTPHandler
    private let traffic = Locked(Traffic())

    private struct Traffic {
        /// Requests that a handler has seen and whose answers are not sent to the end.
        var inFlight: [ObjectIdentifier: Reception] = [:]
        var isStopping = false
    }

    init(limits: HTTPLimits, rules: RequestRules, handler: @escaping HTTPHandler) {
        self.limits = limits
        self.rules = rules
        self.handler = handler
    }

    /// Asks the handler; nil when the answer comes later.
    func handle(_ request: HTTPRequest, _ reception: Reception) -> HTTPResponse? {
        let isStopping = traffic.withLock { traffic in
            if !traffic.isStopping { traffic.inFlight[ObjectIdentifier(reception)] = reception }
            return traffic.isStopping
        }
        guard !isStopping else { return .refusal(503, "The server is stopping.") }
        handler(request, Exchange(reception))
        return reception.answerOrSuspend()
    }

    func finished(_ reception: Reception) {
        _ = traffic.withLock { $0.inFlight.removeValue(forKey: ObjectIdentifier(reception)) }
    }

    func beginStopping() {
        traffic.withLock { $0.isStopping = true }
    }

    var isIdle: Bool { traffic.withLock { $0.inFlight.isEmpty } }

    /// Ends what is still waiting for an answer.
    func cutOff() {
        let waiting = traffic.withLock { Array($0.inFlight.values) }
        for reception in waiting {
            reception.answer(.refusal(503, "The server is stopping."))
        }
    }
}
