internal import Synchronization

/// Tells readers whether the vault changed since they last looked.
///
/// The writer counts up before each commit that changes what operations see and again after it,
/// before any of its answers is given: so the count is odd while a commit is under way, and whoever
/// has an answer finds a count that is higher than before the change.
final class CommitCount: Sendable {
    private let count = Atomic<UInt64>(0)

    /// The state that a read which begins now would see; nil when a commit is under way, which such
    /// a read may or may not see.
    var state: UInt64? {
        let count = count.load(ordering: .sequentiallyConsistent)
        return count.isMultiple(of: 2) ? count : nil
    }

    /// Runs `commit`, which may fail.
    func counting<Failure: Error>(_ commit: () throws(Failure) -> Void) throws(Failure) {
        count.wrappingAdd(1, ordering: .sequentiallyConsistent)
        defer { count.wrappingAdd(1, ordering: .sequentiallyConsistent) }
        try commit()
    }
}
