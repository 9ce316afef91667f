internal import AWS
internal import Dispatch
internal import JSON
internal import Notation
internal import Synchronization
internal import Threads

/// The fault rules of a vault, in memory, in the order in which they were made.
final class FaultRules: Sendable {
    private struct Entry {
        let id: String
        let rule: FaultRule
        var chance: SeededChance
        /// Calls that fitted.
        var seen = 0
        var hits = 0
    }

    /// More are a loop that forgot to clear them.
    static let limit = 1_000

    private let clock: VaultClock
    private let randomness: Randomness
    private let quotas: RequestQuotas?
    private let entries = Locked<[Entry]>([])
    /// Whether there is any; asked by every call, and so without a lock.
    private let isEmpty = Atomic(true)

    init(clock: VaultClock, randomness: Randomness, quotas: RequestQuotas?) {
        self.clock = clock
        self.randomness = randomness
        self.quotas = quotas
    }

    /// The station where they are asked.
    var station: FaultStation {
        FaultStation { [self] in
            quotas == nil && isEmpty.load(ordering: .relaxed)
        } judge: { [self] call in
            quotas?.fault(of: call, at: clock.now()) ?? fault(of: call)
        } wait: { milliseconds, goOn in
            DispatchQueue.global()
                .asyncAfter(deadline: .now() + .milliseconds(milliseconds), execute: goOn)
        }
    }

    // MARK: What goes wrong

    private func fault(of call: FaultedCall) -> Fault? {
        let hit = firstHit { rule in
            if case .ofCall = rule.effect { rule.scene.fits(call) } else { false }
        }
        guard let hit, case .ofCall(let effect) = hit.rule.effect else { return nil }
        return Fault(id: hit.id, latencyMilliseconds: hit.latency, effect: effect)
    }

    /// - Returns: the id of the rule by which a step of a secret's rotation fails; nil for none.
    func failure(ofStep step: String, of secret: Secret) -> String? {
        guard !isEmpty.load(ordering: .relaxed) else { return nil }
        return firstHit { rule in
            guard case .rotationStep(step) = rule.effect else { return false }
            return rule.scene.fits(secret.arn.scope) && rule.scene.fits([secret.name])
        }?.id
    }

    /// - Returns: the first rule that fits and hits, with its id and for how long the call is held; nil
    ///   for none.
    private func firstHit(
        _ fits: (FaultRule) -> Bool
    ) -> (id: String, rule: FaultRule, latency: Int)? {
        let now = clock.now()
        return entries.withLock { entries in
            for index in entries.indices where fits(entries[index].rule) {
                if let latency = FaultRules.hit(&entries[index], at: now) {
                    return (entries[index].id, entries[index].rule, latency)
                }
            }
            return nil
        }
    }

    /// Counts a call that fits.
    ///
    /// - Returns: for how long it is held when it is hit; nil when it is not.
    private static func hit(_ entry: inout Entry, at now: Timestamp) -> Int? {
        let turns = entry.rule.turns
        if let end = turns.end, now >= end { return nil }
        if let count = turns.count, entry.hits >= count { return nil }
        entry.seen += 1
        guard entry.seen >= turns.first else { return nil }
        if turns.probability < 1,
            Double.random(in: 0..<1, using: &entry.chance) >= turns.probability
        {
            return nil
        }
        entry.hits += 1
        return Int.random(in: entry.rule.latencyMilliseconds, using: &entry.chance)
    }

    // MARK: The rules

    /// - Returns: the id of the new rule; nil when there are as many as there may be.
    func add(_ rule: FaultRule) -> String? {
        let (number, seed) = (randomness.next(), randomness.next())
        let digits = String(number & 0xFFFF_FFFF, radix: 16)
        let id = String(repeating: "0", count: 8 - digits.count) + digits
        let chance = SeededChance(seed: rule.turns.seed ?? seed)
        return entries.withLock { entries in
            guard entries.count < FaultRules.limit else { return nil }
            entries.append(Entry(id: id, rule: rule, chance: chance))
            isEmpty.store(false, ordering: .relaxed)
            return id
        }
    }

    /// - Returns: whether there was such a rule.
    func remove(_ id: String) -> Bool {
        entries.withLock { entries in
            let count = entries.count
            entries.removeAll { $0.id == id }
            isEmpty.store(entries.isEmpty, ordering: .relaxed)
            return entries.count < count
        }
    }

    func removeAll() {
        entries.withLock { entries in
            entries = []
            isEmpty.store(true, ordering: .relaxed)
        }
    }

    /// Each as it was sent, with its id and how many calls it hit.
    func write(to writer: inout JSONWriter) {
        let entries = entries.withLock { $0 }
        writer.beginArray()
        for entry in entries {
            let members: [(name: String, value: JSONValue)] = [
                ("id", .string(entry.id)), ("hits", .number(JSONNumber(Int64(entry.hits)))),
            ]
            JSONObject(entry.rule.members.members + members).write(to: &writer)
        }
        writer.endArray()
    }
}

extension FaultRules {
    convenience init(_ configuration: Configuration, _ clock: VaultClock, _ machine: Machine) {
        self.init(
            clock: clock,
            randomness: machine.randomness,
            quotas: configuration.enforcesQuotas ? RequestQuotas() : nil
        )
    }
}
