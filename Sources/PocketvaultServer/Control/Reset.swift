internal import AWS
internal import HTTPServer
internal import JSON

/// Empties the vault and seeds it again, in one transaction.
///
/// Keys and the audit trail stay.
struct Reset: Sendable {
    let vault: any Vault
    let seeds: SeedPlan
    /// On a file that no seed could fill again, only who says so may erase it.
    let needsErase: Bool
    let now: @Sendable () -> Timestamp
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
        do throws(Refusal) {
            order = try read(request, needsContentType: needsContentType)
        } catch {
            return reply(ControlAnswer.error(error.status, error.code, error.message))
        }
        let time = now()
        vault.write { [seeds, randomness] vault in
            seeds.applyWhole(
                to: vault,
                emptying: Emptying(account: order.account),
                at: time,
                randomness: randomness
            )
        } then: { result in
            switch result {
            case .success(.success(let summary)): reply(success(summary))
            case .success(.failure(let error)): reply(failure(error.cause ?? error.message))
            case .failure(let lost): reply(failure(lost.description))
            }
        }
    }

    private struct Order {
        var account: String?
        var erase = false
    }

    private struct Refusal: Error {
        let status: Int
        let code: String
        let message: String

        init(_ message: String, status: Int = 400, code: String = "InvalidRequest") {
            self.status = status
            self.code = code
            self.message = message
        }
    }

    private func read(
        _ request: HTTPRequest,
        needsContentType: Bool
    ) throws(Refusal) -> Order {
        if needsContentType, !isJSON(request.headers["Content-Type"]) {
            throw Refusal(
                "Send Content-Type: application/json.",
                status: 415,
                code: "UnsupportedMediaType"
            )
        }
        var order = Order()
        if needsContentType || !request.body.isEmpty {
            guard case .object(let object)? = try? JSONParser.parse(request.body) else {
                throw Refusal("The body must be a JSON object, as in {}.")
            }
            for member in object.members {
                try read(member.name, member.value, into: &order)
            }
        }
        guard order.erase || !needsErase else {
            throw Refusal(
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
    ) throws(Refusal) {
        switch (name, value) {
        case ("account", .string(let account)) where AccountID.isValid(account):
            order.account = account
        case ("erase", .bool(let erase)): order.erase = erase
        case ("account", _): throw Refusal("The member account must be a string of twelve digits.")
        case ("erase", _): throw Refusal("The member erase must be true or false.")
        default:
            throw Refusal("There are the members account and erase; the body has another.")
        }
    }

    private func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let essence = contentType.prefix { $0 != ";" }.filter { $0 != " " }
        return essence.lowercased() == "application/json"
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

    private func failure(_ cause: String?) -> Answer {
        ControlAnswer.error(
            500,
            "InternalServiceError",
            "Nothing was changed; the log says why.",
            cause: cause
        )
    }
}
