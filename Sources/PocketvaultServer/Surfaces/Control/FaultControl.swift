internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// What is to go wrong: `POST /_pocketvault/faults` makes a rule, `GET` lists them, `DELETE` forgets
/// all, and `DELETE /_pocketvault/faults/ID` one.
///
/// Where signatures are verified, that is for the root of the server's own account.
struct FaultControl: Sendable {
    static let path = "/_pocketvault/faults"

    let rules: FaultRules
    let clock: VaultClock
    let access: ControlAccess

    @Sendable func list(_ request: HTTPRequest) -> Answer {
        answer(request) { () throws(ControlOrder.Refusal) in
            Answer(
                ControlAnswer.json(200) { writer in
                    writer.name("faults")
                    rules.write(to: &writer)
                }
            )
        }
    }

    @Sendable func add(_ request: HTTPRequest) -> Answer {
        answer(request) { () throws(ControlOrder.Refusal) in
            let members = try ControlOrder.members(of: request)
            guard let id = rules.add(try FaultRuleReader.rule(members, at: clock.now())) else {
                throw ControlOrder.Refusal(
                    "There are \(FaultRules.limit) rules, and no more are taken; DELETE"
                        + " \(FaultControl.path) forgets them.",
                    status: 409,
                    code: "TooManyFaults"
                )
            }
            return Answer(
                ControlAnswer.json(200) { $0.member("id", id) },
                operation: "AddFault"
            )
        }
    }

    @Sendable func clear(_ request: HTTPRequest) -> Answer {
        answer(request) { () throws(ControlOrder.Refusal) in
            rules.removeAll()
            return ControlAnswer.done("ClearFaults")
        }
    }

    @Sendable func remove(_ request: HTTPRequest) -> Answer {
        answer(request) { () throws(ControlOrder.Refusal) in
            guard rules.remove(String(request.path.dropFirst(FaultControl.path.utf8.count + 1)))
            else {
                throw ControlOrder.Refusal(
                    "There is no rule of this id; GET \(FaultControl.path) lists those there are.",
                    status: 404,
                    code: "FaultNotFound"
                )
            }
            return ControlAnswer.done("RemoveFault")
        }
    }

    private func answer(
        _ request: HTTPRequest,
        _ body: () throws(ControlOrder.Refusal) -> Answer
    ) -> Answer {
        do throws(ControlOrder.Refusal) {
            try access.requireOwner(request)
            return try body()
        } catch {
            return error.answer
        }
    }
}
