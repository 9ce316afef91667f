internal import AWS
internal import JSON
internal import Notation
internal import Threads

/// The vault's clock: the machine's, until a tester takes it in hand.
///
/// Everything that reads time obeys it, but for what guards the transport: the age of signatures,
/// time-outs, and the dates of the log stay on the machine's clock.
final class VaultClock: Sendable {
    private let current: Locked<ClockSetting>
    private let machine: @Sendable () -> Timestamp
    private let followers = Locked<[@Sendable () -> Void]>([])

    /// - Parameters:
    ///   - setting: what the vault keeps from the last time.
    ///   - machine: the machine's clock.
    init(_ setting: ClockSetting = .real, machine: @escaping @Sendable () -> Timestamp) {
        current = Locked(setting)
        self.machine = machine
    }

    /// The clock as it was left.
    convenience init(
        keptIn vault: any Vault,
        machine: @escaping @Sendable () -> Timestamp
    ) throws(StartError) {
        do throws(APIError) {
            let text = try vault.reading { vault throws(APIError) in
                try vault.clockSetting()
            }
            self.init(text.flatMap { ClockSetting(text: $0) } ?? .real, machine: machine)
        } catch {
            let cause = error.cause ?? error.code.rawValue
            throw StartError(description: "the vault's clock cannot be read: \(cause)")
        }
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
        for follower in followers.withLock({ $0 }) { follower() }
    }

    /// Has `follower` called whenever the clock was set; it must not wait.
    func follow(_ follower: @escaping @Sendable () -> Void) {
        followers.withLock { $0.append(follower) }
    }

    /// Members that tell how it stands, at one moment.
    func write(to writer: inout JSONWriter) {
        let setting = setting
        let real = machine()
        writer.name("now")
        writer.string(setting.time(at: real).text)
        writer.name("real")
        writer.string(real.text)
        writer.name("rate")
        writer.integer(setting.rate)
        writer.name("frozen")
        writer.bool(setting.rate == 0)
    }
}
