internal import AWS
internal import JSON
internal import Notation

/// Reads a fault rule from the body of a control call.
struct FaultRuleReader {
    private typealias Refusal = ControlOrder.Refusal

    private var scene = FaultRule.Scene()
    private var turns = FaultRule.Turns()
    private var hasCount = false
    private var latency: ClosedRange<Int>?
    private var effect: FaultRule.Effect?
    private var errorName: String?
    private var message: String?
    /// The effect that was given, of those of which there may be one.
    private var effectName: String?
    /// What says which call, and so is nothing for the step of a rotation.
    private var namesCall: String?

    /// - Parameters:
    ///   - members: of the body.
    ///   - now: the vault's time.
    /// - Returns: the rule.
    /// - Throws: what is wrong with it.
    static func rule(
        _ members: JSONObject,
        at now: Timestamp
    ) throws(ControlOrder.Refusal) -> FaultRule {
        var reader = FaultRuleReader()
        for member in members.members { try reader.read(member.name, member.value, now) }
        try reader.check()
        return FaultRule(
            scene: reader.scene,
            turns: reader.turns,
            latencyMilliseconds: reader.latency ?? 0...0,
            effect: reader.effect ?? .ofCall(nil),
            members: members
        )
    }

    private mutating func read(
        _ name: String,
        _ value: JSONValue,
        _ now: Timestamp
    ) throws(ControlOrder.Refusal) {
        switch name {
        case "operation", "service", "secret", "principal", "account", "region":
            try readScene(name, value)
        case "nth", "count", "probability", "seed", "expiresInMilliseconds":
            try readTurns(name, value, now)
        case "error", "connection", "staleForSeconds", "replica", "rotationStep":
            if let effectName {
                throw Refusal("A rule has one of \(effectName) and \(name).")
            }
            effectName = name
            try readEffect(name, value)
        case "message": message = try Self.text(name, value)
        case "latencyMilliseconds": latency = try Self.latency(value)
        default:
            throw Refusal(
                "There is no member \(Self.told(name)) of a rule; docs/faults.md lists those there are."
            )
        }
    }

    private mutating func readScene(
        _ name: String,
        _ value: JSONValue
    ) throws(ControlOrder.Refusal) {
        let text = try Self.text(name, value)
        switch name {
        case "operation": (scene.operation, namesCall) = (text, name)
        case "service": (scene.service, namesCall) = (text, name)
        case "principal": (scene.principal, namesCall) = (StarPattern(text), name)
        case "secret": scene.secret = StarPattern(text)
        case "account":
            guard AccountID.isValid(text) else {
                throw Refusal("The member account must be a string of twelve digits.")
            }
            scene.account = text
        default:
            guard Region.isName(text) else {
                throw Refusal("The member region is a region as in us-east-1.")
            }
            scene.region = text
        }
    }

    private mutating func readTurns(
        _ name: String,
        _ value: JSONValue,
        _ now: Timestamp
    ) throws(ControlOrder.Refusal) {
        switch name {
        case "nth":
            turns.first = Int(try Self.number(name, value, 1...1_000_000_000))
            // The nth, and no other, unless a count says how many.
            if !hasCount { turns.count = 1 }
        case "count":
            hasCount = true
            turns.count = Int(try Self.number(name, value, 1...1_000_000_000))
        case "probability":
            guard case .number(let number) = value, let share = number.double,
                (0...1).contains(share)
            else { throw Refusal("The member probability is a number from 0 to 1.") }
            turns.probability = share
        case "seed": turns.seed = UInt64(try Self.number(name, value, 0...Int64.max))
        default:
            let span = try Self.number(name, value, 1...Self.longestLife)
            turns.end = Timestamp(milliseconds: now.milliseconds + span)
        }
    }

    private mutating func readEffect(
        _ name: String,
        _ value: JSONValue
    ) throws(ControlOrder.Refusal) {
        switch name {
        case "error": errorName = try Self.text(name, value)
        case "connection":
            guard let connection = Fault.Connection(rawValue: try Self.text(name, value)) else {
                throw Refusal(
                    "The member connection is resetBefore, resetAfterCommit or truncate."
                )
            }
            effect = .ofCall(.connection(connection))
        case "staleForSeconds":
            let seconds = try Self.number(name, value, 1...31_536_000)
            effect = .ofCall(.stale(seconds: seconds))
        case "replica":
            guard case .string("inProgress") = value else {
                throw Refusal("The member replica is inProgress.")
            }
            effect = .ofCall(.replicasInProgress)
        default:
            let step = try Self.text(name, value)
            let steps = ["createSecret", "setSecret", "testSecret", "finishSecret"]
            guard steps.contains(step) else {
                throw Refusal("The member rotationStep is one of \(steps.joined(separator: ", ")).")
            }
            effect = .rotationStep(step)
        }
    }

    /// What can only be told of all members together.
    private mutating func check() throws(ControlOrder.Refusal) {
        guard let card = Services.all.first(where: { $0.signingName == scene.service }) else {
            let names = Services.all.map(\.signingName).joined(separator: ", ")
            throw Refusal("The member service is one of \(names).")
        }
        if let operation = scene.operation,
            !card.operations.contains(where: { $0.name == operation })
        {
            throw Refusal("\(scene.service) has no operation of the name that operation gives.")
        }
        if let errorName { effect = .ofCall(.error(try error(errorName, of: card))) }
        guard effectName != nil || latency != nil else {
            throw Refusal(
                "A rule needs an effect: error, latencyMilliseconds, connection, staleForSeconds,"
                    + " replica or rotationStep."
            )
        }
        guard message == nil || effectName == "error" else {
            throw Refusal("The member message goes with the member error.")
        }
        try checkOperation()
    }

    private func error(
        _ name: String,
        of card: ServiceCard
    ) throws(ControlOrder.Refusal) -> APIError {
        guard let error = card.faults.first(where: { $0.code.rawValue == name }) else {
            let names = card.faults.map(\.code.rawValue).sorted().joined(separator: ", ")
            throw Refusal("The member error is one of \(names).")
        }
        return error.saying(message)
    }

    /// Some effects are there for one operation, or for none.
    private mutating func checkOperation() throws(ControlOrder.Refusal) {
        let only: SecretsManagerAction
        switch effect {
        case .ofCall(.stale): only = .getSecretValue
        case .ofCall(.replicasInProgress): only = .describeSecret
        case .rotationStep:
            guard namesCall == nil, latency == nil else {
                throw Refusal(
                    "The member rotationStep is about no call: it goes with secret, account and"
                        + " region, and with which times."
                )
            }
            return
        default: return
        }
        guard scene.service == SecretsManager.signingName,
            scene.operation == nil || scene.operation == only.rawValue
        else {
            throw Refusal("The member \(effectName ?? "") is for \(only.rawValue) alone.")
        }
        scene.operation = only.rawValue
    }

    // MARK: Values

    private static func text(
        _ name: String,
        _ value: JSONValue
    ) throws(ControlOrder.Refusal) -> String {
        guard case .string(let text) = value, (1...2_048).contains(text.utf8.count) else {
            throw Refusal("The member \(name) is a string of 1 to 2048 bytes.")
        }
        return text
    }

    private static func number(
        _ name: String,
        _ value: JSONValue,
        _ bounds: ClosedRange<Int64>
    ) throws(ControlOrder.Refusal) -> Int64 {
        guard case .number(let number) = value, let whole = number.int64, bounds.contains(whole)
        else {
            throw Refusal(
                "The member \(name) is a whole number from \(bounds.lowerBound) to"
                    + " \(bounds.upperBound)."
            )
        }
        return whole
    }

    private static func latency(
        _ value: JSONValue
    ) throws(ControlOrder.Refusal) -> ClosedRange<Int> {
        let values = if case .array(let values) = value { values } else { [value, value] }
        let name = "latencyMilliseconds"
        guard values.count == 2 else {
            throw Refusal("The member \(name) is a number, or an array of two.")
        }
        let (from, to) = (
            try number(name, values[0], 0...longestLatency),
            try number(name, values[1], 0...longestLatency)
        )
        guard from <= to, to > 0 else {
            throw Refusal(
                "The member \(name) is a number above 0, or the lower and the higher one."
            )
        }
        return Int(from)...Int(to)
    }

    /// A member's name as an error may repeat it.
    private static func told(_ name: String) -> String {
        name.utf8.count <= 64 && name.utf8.allSatisfy(ASCII.isAlphanumeric) ? name : "of that name"
    }

    private static let longestLatency: Int64 = 600_000
    /// A hundred years.
    private static let longestLife: Int64 = 36_525 * 86_400_000
}
