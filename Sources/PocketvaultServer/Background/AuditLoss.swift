internal import AWS
internal import Dispatch
internal import Logging
internal import Threads

/// Says in the log that the audit trail lost records: at once, and then once a minute at most.
///
/// A disk that is full loses one for each call; a line for each would bury the first.
final class AuditLoss: Sendable {
    private struct State {
        /// How many the log has told of.
        var told = 0
        var isPausing = false
    }

    private let vault: any Vault
    private let logger: Logger
    private let pauseMilliseconds: Int
    private let state = Locked(State())
    private let queue = DispatchQueue(label: "pocketvault.audit-loss")

    init(of vault: any Vault, logger: Logger, pauseMilliseconds: Int = 60_000) {
        self.vault = vault
        self.logger = logger
        self.pauseMilliseconds = pauseMilliseconds
    }

    /// Begins to look after each commit.
    func start() {
        vault.follow { [weak self] in self?.look() }
    }

    private func look() {
        let dropped = vault.droppedAuditRecords
        guard dropped > 0 else { return }
        let isNews = state.withLock { state in
            guard dropped > state.told, !state.isPausing else { return false }
            state.told = dropped
            state.isPausing = true
            return true
        }
        guard isNews else { return }
        logger.warning(
            "The audit trail lost records of calls, to a full disk or a full queue.",
            metadata: ["lost": "\(dropped)"]
        )
        queue.asyncAfter(deadline: .now() + .milliseconds(pauseMilliseconds)) { [weak self] in
            guard let self else { return }
            state.withLock { $0.isPausing = false }
            // What was lost meanwhile is told even if nothing happens any more.
            look()
        }
    }
}
