/// Where an exchange stands between the handler, the thread that answers and libmicrohttpd.
///
/// Pure: it says what is to be done and does nothing. Whoever asks it holds the lock, and does what
/// it says under the same lock.
struct ExchangeState: Sendable {
    private enum Phase {
        /// The handler runs, on the connection's thread.
        case handling
        /// The connection sleeps until another thread answers.
        case suspended
        /// There is an answer, which the connection's thread has yet to take.
        case answered(ExchangeAnswer)
        /// The answer belongs to libmicrohttpd, or the client went away.
        case finished
    }

    private var phase = Phase.handling

    /// Gives the answer, of which the first one counts; true when the connection must be resumed.
    mutating func answer(_ answer: ExchangeAnswer) -> Bool {
        switch phase {
        case .handling:
            phase = .answered(answer)
            return false
        case .suspended:
            phase = .answered(answer)
            return true
        case .answered, .finished:
            return false
        }
    }

    /// Takes the answer to send it, if there is one.
    mutating func takeAnswer() -> ExchangeAnswer? {
        guard case .answered(let answer) = phase else { return nil }
        phase = .finished
        return answer
    }

    /// The handler gave no answer: true when the connection must be suspended, false when there is
    /// one after all.
    mutating func suspend() -> Bool {
        guard case .handling = phase else { return false }
        phase = .suspended
        return true
    }

    /// Nobody waits any more; an answer that comes now is dropped.
    mutating func finish() {
        phase = .finished
    }
}
