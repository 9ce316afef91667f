internal import AWS
internal import JSON
internal import Notation

/// What somebody asked to go wrong, and with which calls.
struct FaultRule: Sendable {
    /// Which calls: what is nil says nothing.
    struct Scene: Sendable {
        var service = SecretsManager.signingName
        var operation: String?
        var secret: StarPattern?
        var principal: StarPattern?
        var account: String?
        var region: String?

        func fits(_ call: FaultedCall) -> Bool {
            call.service == service
                && (operation == nil || operation == call.operation)
                && (principal?.matches(call.caller.principal.arn) ?? true)
                && fits(call.caller.scope)
                && (secret == nil
                    || call.secretIDs.contains { fits(FaultedCall.names(of: $0)) })
        }

        func fits(_ scope: Scope) -> Bool {
            (account == nil || account == scope.account)
                && (region == nil || region == scope.region)
        }

        func fits(_ names: [String]) -> Bool {
            guard let secret else { return true }
            return names.contains(where: secret.matches)
        }
    }

    /// Which of the calls that fit.
    struct Turns: Sendable {
        /// From this one on, counted from 1.
        var first = 1
        /// So many; nil for all.
        var count: Int?
        var probability = 1.0
        var seed: UInt64?
        /// By the vault's clock.
        var end: Timestamp?
    }

    /// What goes wrong.
    enum Effect: Sendable {
        case ofCall(Fault.Effect?)
        /// This step of a rotation fails, and its function is not called.
        case rotationStep(String)
    }

    let scene: Scene
    let turns: Turns
    let latencyMilliseconds: ClosedRange<Int>
    let effect: Effect
    /// As it was sent.
    let members: JSONObject
}
