import AWS
import Notation
import Storage
import Threads

/// A test's vault that counts its reads, and loses those that the test asks it to lose.
final class WatchedVault: Vault {
    private struct State {
        var reads = 0
        var lost: Set<Int> = []
    }

    private let vault: SQLiteVault
    private let state = Locked(State())

    init(_ vault: SQLiteVault) {
        self.vault = vault
    }

    var reads: Int { state.withLock { $0.reads } }

    /// The read that comes after so many others fails, and none of those before it.
    func loseRead(after count: Int) {
        state.withLock { state in state.lost = [state.reads + count + 1] }
    }

    func read(_ body: (any VaultReading) -> Void) throws(VaultFailure) {
        let isLost = state.withLock { state in
            state.reads += 1
            return state.lost.contains(state.reads)
        }
        guard !isLost else { throw VaultFailure("a test's own") }
        try vault.read(body)
    }

    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) -> Answer,
        then: @escaping @Sendable (Result<Answer, VaultFailure>) -> Void
    ) {
        vault.write(body, then: then)
    }

    func writeAlone<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer,
        then: @escaping @Sendable (Result<Answer, APIError>) -> Void
    ) {
        vault.writeAlone(body, then: then)
    }

    func note(
        _ notes: [ReadNote],
        then: @escaping @Sendable () -> Void
    ) {
        vault.note(notes, then: then)
    }

    func append(_ record: AuditRecord) { vault.append(record) }

    var droppedAuditRecords: Int { vault.droppedAuditRecords }

    func follow(_ follower: @escaping @Sendable () -> Void) { vault.follow(follower) }
}
