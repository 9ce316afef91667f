internal import AWS
internal import HTTPServer
internal import JSON

/// Shows the clock and moves it.
struct ClockControl: Sendable {
    let clock: VaultClock
    let scheduler: Scheduler

    func show() -> Answer {
        Answer(ControlAnswer.json(200) { describe(to: &$0) })
    }

    /// Moves the clock; the answer tells what fell due on the way, oldest first.
    func adjust(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let order: ClockOrder
        do throws(ControlOrder.Refusal) {
            order = try ClockOrder(try ControlOrder.members(of: request))
        } catch {
            return reply(error.answer)
        }
        scheduler.adjust(order.applied) { result in
            switch result {
            case .success(let fired): reply(success(fired))
            case .failure(let error):
                let cause = (error as? APIError)?.cause ?? "\(error)"
                reply(ControlAnswer.storeFailed(cause: cause))
            }
        }
    }

    private func success(_ fired: [FiredWork]) -> Answer {
        let response = ControlAnswer.json(200) { writer in
            describe(to: &writer)
            writer.name("fired")
            writer.beginArray()
            for work in fired { write(work, to: &writer) }
            writer.endArray()
        }
        return Answer(response, operation: "Clock")
    }

    private func describe(to writer: inout JSONWriter) {
        let setting = clock.setting
        writer.name("now")
        writer.string(clock.now().text)
        writer.name("real")
        writer.string(clock.real.text)
        writer.name("rate")
        writer.integer(setting.rate)
        writer.name("frozen")
        writer.bool(setting.rate == 0)
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
