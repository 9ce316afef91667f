internal import AWS
internal import Notation
internal import Storage
internal import Threads

/// Takes the clock from one piece of work to the next, one order after the other.
///
/// While an order is under way the clock stands still at the time of the work that is being done.
/// What the vault keeps meanwhile is a clock that runs on from there: a server that is killed must
/// not come back with a clock that is behind its own rows.
final class ClockMoves: Sendable {
    /// An order's place among all orders.
    struct Ticket: Sendable {
        fileprivate let number: Int
    }

    /// The order goes no further, because of a later one or because the server stops.
    struct Interruption: Error {}

    private struct State {
        var issued = 0
        /// Orders up to this one go no further.
        var void = 0
        /// How the clock ran before the order that is under way.
        var former: ClockSetting?
    }

    private let clock: VaultClock
    private let vault: any Vault
    private let state = Locked(State())

    init(of clock: VaultClock, keptIn vault: any Vault) {
        self.clock = clock
        self.vault = vault
    }

    /// An order was given.
    func begin() -> Ticket {
        state.withLock { state in
            state.issued += 1
            return Ticket(number: state.issued)
        }
    }

    /// Ends the orders that were given before; the clock runs again, from where it stands.
    func interrupt() {
        state.withLock { state in
            state.void = state.issued
            resume(&state)
        }
    }

    /// Stands still at the time of a piece of work.
    func stand(at time: Timestamp, _ ticket: Ticket) throws {
        let former = state.withLock { $0.former } ?? clock.setting
        try keep(former.moved(to: time, at: clock.real), ticket)
        try state.withLock { state in
            try check(ticket, state)
            state.former = former
            clock.set(ClockSetting(origin: clock.real, time: time, rate: 0))
        }
    }

    /// The order is done.
    func arrive(at setting: ClockSetting, _ ticket: Ticket) throws {
        try keep(setting, ticket)
        try state.withLock { state in
            try check(ticket, state)
            state.former = nil
            clock.set(setting)
        }
    }

    /// The order cannot be carried out any further.
    func abandon(_ ticket: Ticket) {
        state.withLock { state in
            if ticket.number > state.void { resume(&state) }
        }
    }

    func check(_ ticket: Ticket) throws {
        try state.withLock { try check(ticket, $0) }
    }

    private func check(_ ticket: Ticket, _ state: State) throws {
        guard ticket.number > state.void else { throw Interruption() }
    }

    private func resume(_ state: inout State) {
        guard let former = state.former.take() else { return }
        clock.set(former.moved(to: clock.now(), at: clock.real))
    }

    private func keep(_ setting: ClockSetting, _ ticket: Ticket) throws {
        let text = setting == .real ? nil : setting.text
        try vault.writeAndWait { [state] vault throws(APIError) in
            // Asked in the lane: a reset that was quicker has settled the clock.
            guard state.withLock({ ticket.number > $0.void }) else { return }
            try vault.setClockSetting(text)
        }
    }
}

/// What came of an order to the clock.
struct ClockMove: Sendable {
    /// What fell due on the way and was done, in order.
    var fired: [FiredWork] = []
    /// Why it came no further; nil when it is where it should be.
    var failure: (any Error)?
}
