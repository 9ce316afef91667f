internal import AWS
internal import Notation
internal import Storage

/// Making what is missing, and never touching what is there: what happens at a start and at a reset.
extension SeedPlan {
    /// Makes what is missing, after emptying the vault when that is asked for.
    ///
    /// - Parameters:
    ///   - vault: the vault, inside a job that is alone in its write lane: it takes as long as there
    ///     are secrets.
    ///   - emptied: which secrets go first, and for which account seeds are applied; nil for none
    ///     and all.
    ///   - now: the time of creation.
    ///   - randomness: for the values that are generated.
    ///   - progress: is told of each thing that is about to be made.
    /// - Returns: how much there was to do.
    /// - Throws: what the vault throws; then nothing may be kept.
    func apply(
        to vault: any VaultWriting,
        emptying emptied: Emptying? = nil,
        at now: Timestamp,
        randomness: Randomness,
        progress: (SeedProgress) -> Void = { _ in }
    ) throws(APIError) -> SeedSummary {
        let account = emptied?.account
        if let emptied { try emptied.empty(vault) }
        let moment = SeedMoment(now: now, randomness: randomness)
        let wanted = items.filter { account == nil || $0.scope.account == account }
        var filling = SeedFilling(of: wanted[...])
        try filling.run(in: vault, moment) { index in
            progress(SeedProgress(done: index, count: wanted.count))
            return true
        }
        return filling.summary
    }

    /// Applies the seeds in jobs of the write lane that hold it for a fifth of a second each, and
    /// waits for them to be on disk.
    ///
    /// Keys and principals, which alone can be refused, are in the first job.
    ///
    /// - Parameters:
    ///   - vault: the vault.
    ///   - now: the time of creation.
    ///   - randomness: for the values that are generated.
    ///   - clock: by what a fifth of a second is told.
    ///   - progress: is told how many there are after each job.
    /// - Returns: how much there was to do.
    /// - Throws: one line that says why not all are there.
    func applyAndWait(
        to vault: any Vault,
        at now: Timestamp,
        _ randomness: Randomness,
        pacedBy clock: @escaping @Sendable () -> Timestamp,
        progress: (SeedProgress) -> Void = { _ in }
    ) throws(StartError) -> SeedSummary {
        let moment = SeedMoment(now: now, randomness: randomness)
        let items = items
        var summary = SeedSummary()
        var filling = SeedFilling(of: items[...])
        let needed = keys.count + principals.count
        while !filling.rest.isEmpty {
            let begun = filling
            do throws(APIError) {
                filling = try vault.writeAloneAndWait { vault throws(APIError) in
                    var filling = begun
                    let start = clock().milliseconds
                    let time = start..<start + longestPiece
                    try filling.run(in: vault, moment) { index in
                        // A clock that was set back ends the piece, too.
                        index < needed || time.contains(clock().milliseconds)
                    }
                    return filling
                }
            } catch {
                let cause = error.cause ?? error.message ?? "the vault gave no reason"
                let made =
                    begun.rest.startIndex == 0
                    ? "nothing was changed" : "only the first \(begun.rest.startIndex) are there"
                throw StartError(
                    description: "the seeds could not be applied and \(made): \(cause)"
                )
            }
            summary = filling.summary
            progress(SeedProgress(done: items.count - filling.rest.count, count: items.count))
        }
        return summary
    }
}

/// In milliseconds; what comes to the last one and the commit are to fit into a fifth of a second.
private let longestPiece: Int64 = 150

/// What applying seeds did.
struct SeedSummary: Sendable, Equatable {
    var created = 0
    var existing = 0
}

/// Seeds that are made one after the other.
struct SeedFilling: Sendable {
    /// Those that are still to be looked at.
    private(set) var rest: ArraySlice<any SeedItem>
    private(set) var summary = SeedSummary()
    private var madeKeys: [SeedKey] = []

    init(of items: ArraySlice<any SeedItem>) {
        rest = items
    }

    /// Makes what is missing for as long as `mayGoOn`.
    mutating func run(
        in vault: any VaultWriting,
        _ moment: SeedMoment,
        while mayGoOn: (_ index: Int) -> Bool
    ) throws(APIError) {
        while let item = rest.first, mayGoOn(rest.startIndex) {
            do throws(APIError) {
                if try item.make(in: vault, moment) {
                    summary.created += 1
                    if let key = item as? SeedKey { madeKeys.append(key) }
                } else {
                    summary.existing += 1
                }
            } catch {
                throw item.located(error)
            }
            rest = rest.dropFirst()
        }
        guard rest.isEmpty else { return }
        // Nothing could be sealed under one that is disabled.
        for key in madeKeys { try key.settle(in: vault) }
    }
}
