internal import AWS
internal import Logging

/// What differs from its seeds in a vault that was there: a start changes nothing of it, and says so.
struct SeedComparison {
    let plan: SeedPlan
    let vault: any Vault

    /// How many are named in a line.
    private static let namedCount = 3

    /// One after the other, so that no reader waits; writes nothing when nothing differs.
    func tell(_ logger: Logger) {
        var count = 0
        var names: [String] = []
        for item in plan.items {
            let difference = try? vault.reading { vault throws(APIError) in
                try item.difference(from: vault, plan)
            }
            // What is gone by now, or cannot be read, is not said to differ.
            guard let difference, difference != .missing, difference != .parts([]) else {
                continue
            }
            count += 1
            if names.count < Self.namedCount { names.append(item.name) }
        }
        guard count > 0 else { return }
        if count > names.count { names.append("…") }
        logger.info(
            "The vault differs from its seeds; pocketvault seed apply would change it.",
            metadata: ["differing": "\(count)", "names": "\(names.joined(separator: " "))"]
        )
    }
}
