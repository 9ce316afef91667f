/// The requests in flight, and how far a stop has come.
struct Traffic {
    private enum Phase {
        case open
        /// No new requests; those that were begun may still be handled.
        case draining
        /// No handler may begin, no connection may be suspended.
        case cut
    }

    private var phase = Phase.open
    /// Requests whose head was accepted and whose answer is not sent to the end.
    private var inFlight = 0
    /// Handlers that run at this moment.
    private var handlers = 0
    private var waiting: [ObjectIdentifier: PendingAnswer] = [:]
    /// Bodies that are made while they are sent.
    private var streams: [ObjectIdentifier: BodyStream] = [:]

    /// Whether connections are kept open after an answer.
    var isOpen: Bool { phase == .open }

    /// No handler runs, and none ever will.
    var isStill: Bool { phase == .cut && handlers == 0 }

    /// A request's head was accepted; false when no more are taken.
    mutating func begin() -> Bool {
        guard phase == .open else { return false }
        inFlight += 1
        return true
    }

    /// A handler is about to run; false when none may.
    mutating func beginHandler() -> Bool {
        guard phase != .cut else { return false }
        handlers += 1
        return true
    }

    /// The handler answered; true when its connection may be kept open.
    mutating func endHandler() -> Bool {
        handlers -= 1
        return phase == .open
    }

    /// The handler did not answer yet; false when nobody may wait any more.
    mutating func endHandler(waitingFor answer: PendingAnswer) -> Bool {
        handlers -= 1
        guard phase != .cut else { return false }
        waiting[answer.identity] = answer
        return true
    }

    /// The answer is sent to the end, or its client is gone.
    mutating func end(_ answer: PendingAnswer?) {
        inFlight -= 1
        guard let answer else { return }
        if !waiting.isEmpty { waiting[answer.identity] = nil }
        if !streams.isEmpty { streams[answer.identity] = nil }
    }

    /// The answer is a stream; false when none may begin.
    mutating func begin(_ stream: BodyStream, for answer: PendingAnswer) -> Bool {
        guard phase == .open else { return false }
        streams[answer.identity] = stream
        return true
    }

    /// From now on no new requests and no new streams.
    mutating func drain() {
        if phase == .open { phase = .draining }
    }

    var allStreams: [BodyStream] { Array(streams.values) }

    /// True when nothing is in flight; then nothing will be.
    mutating func isDrained() -> Bool {
        guard inFlight == 0 else { return false }
        phase = .cut
        return true
    }

    /// From now on nobody may wait; returns those who do.
    mutating func cut() -> [PendingAnswer] {
        phase = .cut
        return Array(waiting.values)
    }
}
