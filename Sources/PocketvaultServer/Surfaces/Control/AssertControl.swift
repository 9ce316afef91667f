internal import AWS
internal import HTTPServer
internal import JSON

/// Says whether the calls that were made are those that somebody expects:
/// `POST /_pocketvault/assert`.
///
/// `{"since":CURSOR,"expect":[…],"waitMilliseconds":N}`: without `since` it looks from now on, and the
/// answer's cursor is where to go on.
struct AssertControl: Sendable {
    let vault: any Vault
    let watch: TrailWatch
    let work: ControlWork

    private struct Order: Sendable {
        var since: Int64?
        var expectations: [Expectation] = []
        var waitMilliseconds = 0
    }

    @Sendable func check(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let order: Order
        do throws(ControlOrder.Refusal) {
            order = try AssertControl.read(try ControlOrder.members(of: request))
        } catch {
            return reply(error.answer)
        }
        watch.flush { result in
            if case .failure(let failure) = result {
                return reply(ControlAnswer.storeFailed(cause: failure.description))
            }
            // That was the write lane; a long trail is read elsewhere.
            work.begin(reply) { () throws(ControlOrder.Refusal) in
                try check(order, reply)
            }
        }
    }

    private func check(
        _ order: Order,
        _ reply: @escaping Reply
    ) throws(ControlOrder.Refusal) {
        let newest = try vault.controlReading { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 1).first?.sequence ?? 0
        }
        if let since = order.since, since > newest {
            throw ControlOrder.Refusal(
                "The trail has come to \(newest) and not to \(since): the cursor is of another vault."
            )
        }
        var assertion = TrailAssertion(order.expectations, after: order.since ?? newest)
        do throws(APIError) {
            try assertion.follow(vault)
        } catch {
            throw ControlOrder.Refusal(
                "The trail cannot be read; the log says why.",
                status: 500,
                code: "InternalServiceError",
                cause: error.cause ?? error.code.rawValue
            )
        }
        guard !assertion.isSettled, order.waitMilliseconds > 0 else {
            return reply(AssertControl.answer(assertion))
        }
        let waits = watch.wait(for: assertion, milliseconds: order.waitMilliseconds) { result in
            switch result {
            case .success(let assertion): reply(AssertControl.answer(assertion))
            case .failure(let error):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.code.rawValue))
            }
        }
        guard waits else {
            throw ControlOrder.Refusal(
                "As many wait already as there may be.",
                status: 503,
                code: "TooManyListeners"
            )
        }
    }

    private static func answer(_ assertion: TrailAssertion) -> Answer {
        guard !assertion.hasGap else {
            return ControlAnswer.error(
                409,
                "CursorTooOld",
                "The trail has no longer all that came after the cursor; --audit-records says how"
                    + " many records it keeps."
            )
        }
        return Answer(
            ControlAnswer.json(200) { assertion.write(to: &$0) },
            operation: "Assert"
        )
    }

    // MARK: The body

    private static func read(_ members: JSONObject) throws(ControlOrder.Refusal) -> Order {
        var order = Order()
        for member in members.members {
            switch member.name {
            case "since": order.since = try number("since", member.value, 0...Int64.max)
            case "waitMilliseconds":
                order.waitMilliseconds = Int(
                    try number("waitMilliseconds", member.value, 0...600_000)
                )
            case "expect": order.expectations = try expectations(member.value)
            default:
                throw ControlOrder.Refusal(
                    "There are the members since, expect and waitMilliseconds; the body has another."
                )
            }
        }
        return order
    }

    private static func expectations(
        _ value: JSONValue
    ) throws(ControlOrder.Refusal) -> [Expectation] {
        let refusal = ControlOrder.Refusal("The member expect is an array of up to 100 objects.")
        guard case .array(let elements) = value, elements.count <= 100 else { throw refusal }
        var expectations: [Expectation] = []
        for element in elements {
            guard case .object(let members) = element else { throw refusal }
            expectations.append(try Expectation(members))
        }
        return expectations
    }

    private static func number(
        _ name: String,
        _ value: JSONValue,
        _ bounds: ClosedRange<Int64>
    ) throws(ControlOrder.Refusal) -> Int64 {
        guard case .number(let number) = value, let whole = number.int64, bounds.contains(whole)
        else {
            throw ControlOrder.Refusal(
                "The member \(name) is a whole number from \(bounds.lowerBound) to"
                    + " \(bounds.upperBound)."
            )
        }
        return whole
    }
}
