internal import AWS
internal import Dispatch
internal import Invocation
internal import JSON
internal import Logging
internal import Notation
internal import Storage
internal import Threads

/// Hands changes and service events on to a URL, in order, each at least once.
///
/// It follows the audit trail on a queue of its own, so that no call waits for it, and looks when
/// there was a commit: where nothing happens it does nothing. How far it came is kept in the vault;
/// what happened before the first start with a URL is not handed on.
final class EventDelivery: Sendable {
    private let url: String
    private let vault: any Vault
    private let logger: Logger
    private let pause: Pause
    private let queue = DispatchQueue(label: "pocketvault.events")
    private let cancellation = Cancellation()
    private let stopped = DispatchSemaphore(value: 0)
    private let state = Locked(State())

    private struct State {
        /// The latest record that was dealt with; nil until the trail was read for it.
        var last: Int64?
        var isLookPlanned = false
        /// Before this the next look does not begin; nil when there was none.
        var earliest: DispatchTime?
    }

    /// How long it waits, in milliseconds, and how often it tries.
    struct Pause: Sendable {
        /// At least: many commits in that time are one look.
        var betweenLooks = 250
        /// Doubled with every attempt that fails.
        var afterFailure = 250
        /// After so many refusals the event is given up, so that one that nobody takes does not
        /// hold up all others.
        var refusals = 10
        /// How long somebody may be out of reach before an event is given up: a day, as with
        /// EventBridge.
        var outage = 86_400_000
    }

    init(to url: String, vault: any Vault, logger: Logger, pause: Pause = Pause()) {
        self.url = url
        self.vault = vault
        self.logger = logger
        self.pause = pause
    }

    /// Begins to hand on what comes after this moment, or after what was handed on last.
    func start() {
        // Now, and not with the first look: what is called from here on is after it. A look that finds no
        // beginning tries again.
        let last = try? beginning()
        state.withLock { $0.last = last }
        vault.follow { [weak self] in self?.planLook() }
        planLook()
    }

    /// Ends the attempt that is under way; the next start goes on with its event.
    func stop() {
        cancellation.cancel()
        stopped.signal()
        queue.sync {}
    }

    /// Has the trail looked at, unless that is planned already.
    private func planLook() {
        let start = state.withLock { state -> DispatchTime? in
            guard !state.isLookPlanned else { return nil }
            state.isLookPlanned = true
            return state.earliest ?? .now()
        }
        guard let start else { return }
        queue.asyncAfter(deadline: start) { [weak self] in
            guard let self, !cancellation.isCancelled else { return }
            // Before it looks: what is committed from here on may come too late for this look.
            state.withLock { [pause] state in
                state.isLookPlanned = false
                state.earliest = .now() + .milliseconds(pause.betweenLooks)
            }
            while !cancellation.isCancelled, !look() {}
        }
    }

    /// Hands on the next page of the trail; false when there is more to do.
    private func look() -> Bool {
        do {
            guard let last = state.withLock({ $0.last }) else {
                let last = try beginning()
                state.withLock { $0.last = last }
                return false
            }
            let entries = try vault.reading { vault throws(APIError) in
                try vault.auditEntries(after: last, limit: EventDelivery.pageSize)
            }
            if let first = entries.first { noteLoss(between: last, and: first.sequence) }
            var position = last
            for entry in entries {
                if let event = EventBridgeEvent(entry), !deliver(event, entry) { break }
                position = entry.sequence
            }
            guard position != last else { return true }
            // Even when the place cannot be noted: what was delivered is not delivered again.
            state.withLock { [position] in $0.last = position }
            try note(position)
            return entries.count < EventDelivery.pageSize
        } catch {
            logger.error("The trail could not be read for its events; it is tried again.")
            // Not at once, whatever keeps it from being read.
            _ = wait(pause.betweenLooks)
            return false
        }
    }

    /// Where to begin: after what was handed on last, or at the end of the trail.
    private func beginning() throws -> Int64 {
        try vault.reading { vault throws(APIError) in
            if let delivered = try vault.deliveredEvent() { return delivered }
            return try vault.auditEntries(before: nil, limit: 1).first?.sequence ?? 0
        }
    }

    private func note(_ position: Int64) throws {
        try vault.writeAndWait { vault throws(APIError) in try vault.setDeliveredEvent(position) }
    }

    /// The trail keeps so many records; what nobody took in time is no longer there.
    private func noteLoss(between last: Int64, and first: Int64) {
        guard last > 0, first > last + 1 else { return }
        logger.warning(
            "Events were lost: the audit trail had no more room for them.",
            metadata: ["records": "\(first - last - 1)"]
        )
    }

    /// False when the server stops before it was delivered or given up.
    private func deliver(_ event: EventBridgeEvent, _ entry: AuditEntry) -> Bool {
        var writer = JSONWriter(capacity: 1_024)
        event.write(to: &writer)
        let invocation = HTTPInvocation(
            url: url,
            body: writer.bytes,
            signer: nil,
            timeoutMilliseconds: EventDelivery.timeoutMilliseconds
        )
        var reason = ""
        var milliseconds = pause.afterFailure
        var refusals = 0
        var outage = 0
        while true {
            switch invocation.run(until: cancellation) {
            case .answered(let answer) where (200..<300).contains(answer.status): return true
            case .answered(let answer):
                reason = "it answered \(answer.status)"
                refusals += 1
            case .failed(let sentence): reason = sentence
            case .ended: reason = "it gave no answer"
            case .cancelled: return false
            }
            guard refusals < pause.refusals, outage < pause.outage else { break }
            guard wait(milliseconds) else { return false }
            outage += milliseconds
            milliseconds = min(milliseconds * 2, EventDelivery.longestPause)
        }
        logger.warning(
            "An event could not be delivered and is given up.",
            metadata: ["event": "\(entry.record.eventName)", "cause": "\(reason)"]
        )
        return true
    }

    /// False when the server stops meanwhile.
    private func wait(_ milliseconds: Int) -> Bool {
        if !cancellation.isCancelled {
            _ = stopped.wait(timeout: .now() + .milliseconds(milliseconds))
        }
        return !cancellation.isCancelled
    }

    private static let pageSize = 100
    private static let timeoutMilliseconds = 5_000
    private static let longestPause = 30_000
}
