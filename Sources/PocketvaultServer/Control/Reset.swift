internal import AWS
internal import HTTPServer
internal import JSON

/// Empties the vault and seeds it again, in one transaction.
///
/// Keys and the audit trail stay; the clock shows the machine's time again.
struct Reset: Sendable {
    let vault: any Vault
    let seeds: SeedPlan
    /// On a file that no seed could fill again, only who says so may erase it.
    let needsErase: Bool
    let clock: VaultClock
    let scheduler: Scheduler
    let randomness: Randomness

    /// - Parameters:
    ///   - request: the request, whose body may be empty when it needs no content type.
    ///   - needsContentType: whether it must be JSON by its content type, which no page of another
    ///     origin can send unasked.
    ///   - requestID: for the log.
    ///   - reply: takes the answer.
    func answer(
        _ request: HTTPRequest,
        needsContentType: Bool,
        _ requestID: String,
        _ reply: @escaping Reply
    ) {
        let order: Order
        do throws(ControlOrder.Refusal) {
            order = try read(request, needsContentType: needsContentType)
        } catch {
            return reply(error.answer)
        }
        let isWhole = order.account == nil
        // A clock that is on its way would go on into the empty vault.
        if isWhole { scheduler.interruptMoves() }
        let time = isWhole ? clock.real : clock.now()
        vault.write { [seeds, randomness] vault in
            seeds.applyWhole(
                to: vault,
                emptying: Emptying(account: order.account),
                at: time,
                randomness: randomness
            )
        } then: { result in
            switch result {
            case .success(.success(let summary)):
                if isWhole { clock.set(.real) }
                reply(success(summary))
            case .success(.failure(let error)):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.message))
            case .failure(let lost): reply(ControlAnswer.storeFailed(cause: lost.description))
            }
        }
    }

    private struct Order {
        var account: String?
        var erase = false
    }

    private func read(
        _ request: HTTPRequest,
        needsContentType: Bool
    ) throws(ControlOrder.Refusal) -> Order {
        var order = Order()
        if needsContentType || !request.body.isEmpty {
            let object =
                try needsContentType
                ? ControlOrder.members(of: request) : ControlOrder.object(in: request.body)
            for member in object.members {
                try read(member.name, member.value, into: &order)
            }
        }
        guard order.erase || !needsErase else {
            throw ControlOrder.Refusal(
                "This server keeps a file and has no seeds to fill it again."
                    + " Send {\"erase\":true} to erase it all the same.",
                status: 409,
                code: "EraseNotConfirmed"
            )
        }
        return order
    }

    private func read(
        _ name: String,
        _ value: JSONValue,
        into order: inout Order
    ) throws(ControlOrder.Refusal) {
        switch (name, value) {
        case ("account", .string(let account)) where AccountID.isValid(account):
            order.account = account
        case ("erase", .bool(let erase)): order.erase = erase
        case ("account", _):
            throw ControlOrder.Refusal("The member account must be a string of twelve digits.")
        case ("erase", _): throw ControlOrder.Refusal("The member erase must be true or false.")
        default:
            throw ControlOrder.Refusal(
                "There are the members account and erase; the body has another."
            )
        }
    }

    private func success(_ summary: SeedSummary) -> Answer {
        Answer(
            ControlAnswer.json(200) { writer in
                writer.name("status")
                writer.string("ok")
                writer.name("seeded")
                writer.integer(Int64(summary.created))
            },
            operation: "Reset"
        )
    }
}
