internal import AWS
internal import Threads

/// The vault's clock: the machine's, until a tester takes it in hand.
///
/// Everything that reads time obeys it, but for what guards the transport: the age of signatures,
/// time-outs, and the dates of the log stay on the machine's clock.
final class VaultClock: Sendable {
    private let current: Locked<ClockSetting>
    private let machine: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - setting: what the vault keeps from the last time.
    ///   - machine: the machine's clock.
    init(_ setting: ClockSetting = .real, machine: @escaping @Sendable () -> Timestamp) {
        current = Locked(setting)
        self.machine = machine
    }

    /// The vault's time.
    func now() -> Timestamp {
        let real = machine()
        return current.withLock { $0.time(at: real) }
    }

    /// The machine's time.
    var real: Timestamp { machine() }

    var setting: ClockSetting { current.withLock { $0 } }

    func set(_ setting: ClockSetting) {
        current.withLock { $0 = setting }
    }
}
