internal import AWS
internal import Dispatch
internal import HTTPServer
internal import JSON
internal import Notation

/// Empties the vault and seeds it again, in one transaction.
///
/// Keys and the audit trail stay; the clock shows the machine's time again.
struct Reset: Sendable {
    let vault: any Vault
    /// Read again for each reset.
    let seeds: SeedOrigin
    /// Whether nothing is lost for good: a file that no seed fills again is erased only for who says so.
    let isInMemory: Bool
    let clock: VaultClock
    let scheduler: Scheduler
    let agentCache: AgentCache
    let madeAccounts: MadeAccounts
    let faults: FaultRules
    let randomness: Randomness
    let underWay: SeedsUnderWay

    /// Takes JSON by its content type too, which no page of another origin can send unasked.
    @Sendable func answer(_ request: HTTPRequest, _ reply: @escaping Reply) {
        answer(request, needsContentType: true, reply)
    }

    /// As moto has it: with neither content type nor body.
    @Sendable func answerMoto(_ request: HTTPRequest, _ reply: @escaping Reply) {
        answer(request, needsContentType: false, reply)
    }

    private func answer(
        _ request: HTTPRequest,
        needsContentType: Bool,
        _ reply: @escaping Reply
    ) {
        let order: Order
        do throws(ControlOrder.Refusal) {
            order = try read(request, needsContentType: needsContentType)
        } catch {
            return reply(error.answer)
        }
        // Reading files takes its time, and is not for a thread that others wait for.
        DispatchQueue.global().async { carryOut(order, reply) }
    }

    private func carryOut(_ order: Order, _ reply: @escaping Reply) {
        let seeds: SeedPlan
        do throws(SeedError) {
            seeds = try self.seeds.plan()
        } catch {
            return reply(
                ControlAnswer.error(
                    409,
                    "InvalidSeed",
                    "The seeds are wrong by now, so nothing was changed: \(error.description)"
                )
            )
        }
        guard order.erase || isInMemory || !seeds.isEmpty else {
            return reply(
                ControlAnswer.error(
                    409,
                    "EraseNotConfirmed",
                    "This server keeps a file and has no seeds to fill it again."
                        + " Send {\"erase\":true} to erase it all the same."
                )
            )
        }
        let isWhole = order.account == nil
        // A clock that is on its way would go on into the empty vault.
        if isWhole { scheduler.interruptMoves() }
        let time = isWhole ? clock.real : clock.now()
        vault.writeAlone { [randomness, underWay] vault throws(APIError) in
            try seeds.apply(
                to: vault,
                emptying: Emptying(account: order.account),
                at: time,
                randomness: randomness,
                progress: underWay.note
            )
        } then: { result in
            underWay.end()
            switch result {
            case .success(let summary):
                agentCache.removeAll()
                if let account = order.account { madeAccounts.noteUse(of: account) }
                if isWhole {
                    madeAccounts.look()
                    faults.removeAll()
                    clock.set(.real)
                    // By the machine's time other things are due.
                    scheduler.look()
                }
                reply(success(summary))
            case .failure(let error):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.message))
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

extension Reset {
    init(of vault: OpenVault) {
        self.init(
            vault: vault.vault,
            seeds: vault.seedOrigin,
            isInMemory: vault.configuration.isInMemory,
            clock: vault.clock,
            scheduler: vault.scheduler,
            agentCache: vault.agentCache,
            madeAccounts: vault.madeAccounts,
            faults: vault.faults,
            randomness: vault.machine.randomness,
            underWay: vault.seedsUnderWay
        )
    }
}
