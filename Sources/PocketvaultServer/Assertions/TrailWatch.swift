internal import AWS
internal import Dispatch
internal import Threads

/// Those who wait until the trail is as they expect, or until their time is over.
///
/// No thread waits: the trail is looked at when there was a commit and somebody waits, and at the end
/// of each one's time.
final class TrailWatch: Sendable {
    /// Takes what came of it.
    typealias Reply = @Sendable (Result<TrailAssertion, APIError>) -> Void

    private struct Wait {
        var assertion: TrailAssertion
        let reply: TrailWatch.Reply
    }

    private struct State {
        var waits: [Int: Wait] = [:]
        /// How many there ever were.
        var begun = 0
        var isLookPlanned = false
        var isStopped = false
    }

    /// As many as listen to a stream: calls find room.
    static let limit = 500
    /// Under load it looks on a tick and not after each commit.
    private static let pauseMilliseconds = 20

    private let vault: any Vault
    private let queue = DispatchQueue(label: "pocketvault.assertions")
    private let state = Locked(State())

    init(of vault: any Vault) {
        self.vault = vault
        vault.follow { [weak self] in self?.planLook() }
    }

    /// Ends the waits: what there is by now counts.
    func stop() {
        state.withLock { $0.isStopped = true }
        queue.sync {}
        for number in state.withLock({ $0.waits.keys.sorted() }) { end(number) }
    }

    /// Commits the records of reads that are queued, so that what was answered is in the trail.
    func flush(then: @escaping @Sendable (Result<Void, VaultFailure>) -> Void) {
        vault.write { _ in
        } then: {
            then($0)
        }
    }

    /// Waits until an assertion is settled.
    ///
    /// - Parameters:
    ///   - assertion: one that is not settled yet.
    ///   - milliseconds: for so long at most.
    ///   - reply: comes when it is settled or the time is over.
    /// - Returns: false when as many wait already as there may be; `reply` does not come then.
    func wait(
        for assertion: TrailAssertion,
        milliseconds: Int,
        then reply: @escaping Reply
    ) -> Bool {
        let number = state.withLock { state -> Int? in
            guard state.waits.count < TrailWatch.limit, !state.isStopped else { return nil }
            state.begun += 1
            state.waits[state.begun] = Wait(assertion: assertion, reply: reply)
            return state.begun
        }
        guard let number else { return false }
        // Something may have come since it was looked at.
        planLook()
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
            guard let self, state.withLock({ $0.waits[number] != nil }) else { return }
            flush { [weak self] _ in
                guard let self else { return }
                queue.async { self.end(number) }
            }
        }
        return true
    }

    private func planLook() {
        let mustPlan = state.withLock { state in
            guard !state.isLookPlanned, !state.waits.isEmpty, !state.isStopped else {
                return false
            }
            state.isLookPlanned = true
            return true
        }
        guard mustPlan else { return }
        let pause = DispatchTimeInterval.milliseconds(TrailWatch.pauseMilliseconds)
        queue.asyncAfter(deadline: .now() + pause) { [weak self] in
            guard let self else { return }
            // Before it looks: what is committed from here on may come too late for this look.
            let numbers = state.withLock { state in
                state.isLookPlanned = false
                return state.waits.keys.sorted()
            }
            for number in numbers { look(number) }
        }
    }

    /// Replies if it is settled by now.
    private func look(_ number: Int) {
        guard let result = follow(number) else { return }
        if case .success(let assertion) = result, !assertion.isSettled { return }
        take(number)?.reply(result)
    }

    /// Replies, whatever there is by now.
    private func end(_ number: Int) {
        guard let result = follow(number) else { return }
        take(number)?.reply(result)
    }

    private func follow(_ number: Int) -> Result<TrailAssertion, APIError>? {
        guard var assertion = state.withLock({ $0.waits[number]?.assertion }) else { return nil }
        do throws(APIError) {
            try assertion.follow(vault)
        } catch {
            return .failure(error)
        }
        let followed = assertion
        state.withLock { $0.waits[number]?.assertion = followed }
        return .success(followed)
    }

    private func take(_ number: Int) -> Wait? {
        state.withLock { $0.waits.removeValue(forKey: number) }
    }
}
