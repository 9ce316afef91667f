internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// Shows the clock and moves it.
struct ClockControl: Sendable {
    let clock: VaultClock
    let scheduler: Scheduler

    func show() -> Answer {
        Answer(ControlAnswer.json(200) { clock.write(to: &$0) })
    }

    /// Moves the clock; the answer tells what fell due on the way, oldest first.
    @Sendable func adjust(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let order: ClockOrder
        do throws(ControlOrder.Refusal) {
            order = try ClockOrder(try ControlOrder.members(of: request))
        } catch {
            return reply(error.answer)
        }
        // Who wants the machine's time back does not wait for a long way to end.
        if order == .reset { scheduler.interruptMoves() }
        scheduler.move(order.applied) { move in reply(answer(move)) }
    }

    private func answer(_ move: ClockMove) -> Answer {
        switch move.failure {
        case nil: answer(200, move)
        case is ClockMoves.Interruption:
            answer(
                409,
                move,
                error: "Interrupted",
                "A reset ended this order, or the server stops; what had fallen due by then is done."
            )
        case let error?:
            answer(
                500,
                move,
                error: "InternalServiceError",
                "The clock came no further; the log says why.",
                cause: (error as? APIError)?.cause ?? "\(error)"
            )
        }
    }

    private func answer(
        _ status: Int,
        _ move: ClockMove,
        error: String? = nil,
        _ message: String? = nil,
        cause: String? = nil
    ) -> Answer {
        let response = ControlAnswer.json(status) { writer in
            if let error, let message {
                writer.name("error")
                writer.string(error)
                writer.name("message")
                writer.string(message)
            }
            clock.write(to: &writer)
            writer.name("fired")
            writer.beginArray()
            for work in move.fired { write(work, to: &writer) }
            writer.endArray()
        }
        return Answer(response, operation: "Clock", errorCode: error, cause: cause)
    }

    private func write(_ work: FiredWork, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("time")
        writer.string(work.time.text)
        writer.name("event")
        writer.string(work.event)
        writer.name(work.noun)
        writer.string(work.arn)
        if let versionID = work.versionID {
            writer.name("versionId")
            writer.string(versionID)
        }
        if let message = work.errorMessage {
            writer.name("error")
            writer.string(message)
        }
        writer.endObject()
    }
}
