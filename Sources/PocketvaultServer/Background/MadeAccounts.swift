internal import AWS
internal import Dispatch
internal import Logging
internal import Notation
internal import Threads

/// Drops the accounts that tests made for themselves once nobody has called there for a while.
///
/// That is a while of the machine's time: moving the vault's clock takes no test's account away. When
/// an account was last used is known here only, and begins anew with the process. Where no account was
/// made nothing is done.
final class MadeAccounts: Sendable {
    private struct State {
        var lastUses: [String: Timestamp] = [:]
        var isLookPlanned = false
        var isRunning = false
    }

    private let vault: any Vault
    private let lifetimeMilliseconds: Int64
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let queue = DispatchQueue(label: "pocketvault.accounts")
    private let state = Locked(State())

    init(
        in vault: any Vault,
        lifetimeMilliseconds: Int64,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.vault = vault
        self.lifetimeMilliseconds = lifetimeMilliseconds
        self.now = now
        self.logger = logger
    }

    func start() {
        state.withLock { $0.isRunning = true }
        look()
    }

    func stop() {
        state.withLock { $0.isRunning = false }
        queue.sync {}
    }

    /// A call came to an account, made or not.
    func noteUse(of account: String) {
        // Every call comes by here, and few are of an account that a test made.
        guard account.utf8.first == UInt8(ascii: "9") else { return }
        let time = now()
        state.withLock { state in
            if state.lastUses[account] != nil { state.lastUses[account] = time }
        }
    }

    /// An account was made.
    func begin(_ account: String) {
        let time = now()
        state.withLock { $0.lastUses[account] = time }
        plan()
    }

    /// Learns which there are: after a start, a reset, or a snapshot that was put back.
    func look() {
        let accounts: [String]
        do throws(APIError) {
            accounts = try vault.reading { vault throws(APIError) in try vault.madeAccounts() }
        } catch {
            logger.error("the accounts of tests cannot be read: \(error.cause ?? "")")
            return
        }
        let time = now()
        state.withLock { state in
            let known = state.lastUses
            state.lastUses = [:]
            for account in accounts { state.lastUses[account] = known[account] ?? time }
        }
        plan()
    }

    /// Drops those whose time has come.
    func dropUnused() {
        let oldest = Timestamp(milliseconds: now().milliseconds - lifetimeMilliseconds)
        let ended = state.withLock { state in
            state.lastUses.filter { $0.value <= oldest }.keys.sorted()
        }
        for account in ended {
            vault.writeAlone { [state] vault throws(APIError) -> Bool in
                // Somebody may have come after all, while others had the lane.
                guard state.withLock({ ($0.lastUses[account] ?? oldest) <= oldest }) else {
                    return false
                }
                return try vault.dropAccount(account)
            } then: { [logger] result in
                switch result {
                case .success(true):
                    self.forget(account)
                    logger.info("account \(account) was dropped: no call came to it")
                case .success(false): break
                case .failure(let error):
                    logger.error("account \(account) stays: \(error.cause ?? "")")
                }
            }
        }
    }

    /// An account was dropped.
    func forget(_ account: String) {
        state.withLock { $0.lastUses[account] = nil }
    }

    /// Sleeps until the first of them may have come to its end.
    private func plan() {
        let time = now()
        let pause = state.withLock { state -> Int64? in
            guard state.isRunning, !state.isLookPlanned,
                let oldest = state.lastUses.values.min()
            else { return nil }
            state.isLookPlanned = true
            return max(oldest.milliseconds + lifetimeMilliseconds - time.milliseconds, 0)
        }
        guard let pause else { return }
        // One that could not be dropped is tried again, and not at once.
        let delay = Int(min(max(pause, 100), 86_400_000))
        queue.asyncAfter(deadline: .now() + .milliseconds(delay)) { [weak self] in
            guard let self else { return }
            let isRunning = state.withLock { state in
                state.isLookPlanned = false
                return state.isRunning
            }
            guard isRunning else { return }
            dropUnused()
            plan()
        }
    }
}

extension MadeAccounts {
    convenience init(
        in vault: any Vault,
        _ configuration: Configuration,
        _ machine: Machine,
        logger: Logger
    ) {
        self.init(
            in: vault,
            lifetimeMilliseconds: configuration.accountLifetimeMilliseconds,
            now: machine.now,
            logger: logger
        )
    }
}
