internal import AWS
internal import Notation

/// Making a vault as seed documents have it: what is missing is made, what differs is changed, and
/// what the documents do not have goes when that is asked for.
struct SeedApplication: Sendable {
    let plan: SeedPlan
    /// Whether what no document has is removed.
    let prunes: Bool
    /// Whether it is only told what would be done.
    let isRehearsal: Bool

    /// What was done, or would be.
    struct Outcome: Sendable {
        var changes: [Change] = []
        var unchanged = 0
        /// What the vault cannot become; then nothing is done.
        var refusals: [SeedError] = []
    }

    struct Change: Sendable, Equatable {
        enum Action: String, Sendable {
            case create, change, remove
        }

        let action: Action
        let kind: SeedKind
        let name: String
        let scope: Scope
        /// What was changed.
        var parts: [String] = []
    }

    /// - Parameters:
    ///   - vault: inside a job that is alone in the write lane.
    ///   - moment: the time of changes, and where chance comes from.
    ///   - progress: is told of each thing that is about to be compared or changed.
    /// - Returns: what was done, or would be, or why nothing was.
    /// - Throws: what the vault throws; then nothing may be kept.
    func run(
        in vault: any VaultWriting,
        _ moment: SeedMoment,
        progress: (SeedProgress) -> Void = { _ in }
    ) throws(APIError) -> Outcome {
        var outcome = Outcome()
        var work: [(item: any SeedItem, difference: SeedDifference)] = []
        let items = plan.items
        for (index, item) in items.enumerated() {
            progress(SeedProgress(done: index, count: items.count, isComparing: true))
            let difference = try item.difference(from: vault, plan)
            switch difference {
            case .parts([]): outcome.unchanged += 1
            case .refused(let error): outcome.refusals.append(error)
            case .missing:
                outcome.changes.append(Change(.create, item))
                work.append((item, difference))
            case .parts(let parts):
                outcome.changes.append(Change(.change, item, parts))
                work.append((item, difference))
            }
        }
        let pruning = prunes ? try SeedPruning(of: plan, in: vault) : nil
        outcome.changes += pruning?.changes ?? []
        guard !isRehearsal, outcome.refusals.isEmpty else { return outcome }
        // What goes makes room for what comes, as access keys and aliases.
        try pruning?.run(in: vault, at: moment.now)
        for (index, (item, difference)) in work.enumerated() {
            progress(SeedProgress(done: index, count: work.count))
            try carryOut(difference, item, vault, moment)
        }
        for case (let key as SeedKey, _) in work { try key.settle(in: vault) }
        return outcome
    }

    private func carryOut(
        _ difference: SeedDifference,
        _ item: any SeedItem,
        _ vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        do throws(APIError) {
            if case .parts(let parts) = difference {
                try item.change(parts, in: vault, moment)
            } else {
                _ = try item.make(in: vault, moment)
            }
        } catch {
            throw item.located(error)
        }
    }
}

extension SeedApplication.Change {
    init(_ action: Action, _ item: any SeedItem, _ parts: [String] = []) {
        self.init(
            action: action,
            kind: item.kind,
            name: item.name,
            scope: item.scope,
            parts: parts
        )
    }
}
