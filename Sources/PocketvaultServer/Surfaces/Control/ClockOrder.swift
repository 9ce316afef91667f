internal import AWS
internal import JSON
internal import Notation

/// What a tester may do to the clock: one of these at a time.
enum ClockOrder: Sendable, Equatable {
    /// Stand still, from now or from a moment on.
    case freeze(Timestamp?)
    /// Run again, at the machine's speed, from where it stands.
    case thaw
    /// Go to a moment.
    case set(Timestamp)
    /// Go on by a length of time.
    case advance(TimeSpan)
    /// Run so many times as fast as the machine's.
    case rate(Int64)
    /// Show the machine's time again.
    case reset

    init(_ object: JSONObject) throws(ControlOrder.Refusal) {
        guard object.members.count == 1, let member = object.members.first else {
            throw ControlOrder.Refusal(ClockOrder.usage)
        }
        switch (member.name, member.value) {
        case ("freeze", .bool(true)): self = .freeze(nil)
        case ("freeze", .bool(false)): self = .thaw
        case ("freeze", let value): self = .freeze(try ClockOrder.moment(value))
        case ("set", let value): self = .set(try ClockOrder.moment(value))
        case ("advance", .string(let text)):
            guard let span = TimeSpan(text) else { throw ClockOrder.badSpan }
            self = .advance(span)
        case ("rate", .number(let number)):
            guard let rate = number.int64, (1...ClockSetting.fastestRate).contains(rate) else {
                throw ClockOrder.badRate
            }
            self = .rate(rate)
        case ("reset", .bool(true)): self = .reset
        case ("advance", _): throw ClockOrder.badSpan
        case ("rate", _): throw ClockOrder.badRate
        default: throw ControlOrder.Refusal(ClockOrder.usage)
        }
    }

    /// The setting that takes the place of another at a moment of the machine's clock.
    func applied(to setting: ClockSetting, at real: Timestamp) -> ClockSetting {
        switch self {
        case .freeze(let time):
            setting.moved(to: time ?? setting.time(at: real), at: real).running(0, at: real)
        case .thaw: setting.running(1, at: real)
        case .set(let time): setting.moved(to: time, at: real)
        case .advance(let span): setting.moved(to: setting.time(at: real) + span, at: real)
        case .rate(let rate): setting.running(rate, at: real)
        case .reset: .real
        }
    }

    /// A date as text, or seconds since the epoch as the SDKs have them.
    private static func moment(_ value: JSONValue) throws(ControlOrder.Refusal) -> Timestamp {
        switch value {
        case .string(let text):
            if let time = Timestamp(text: text) { return time }
        case .number(let number):
            if let seconds = number.double, seconds >= 0, seconds < 253_402_300_800 {
                return Timestamp(milliseconds: Int64((seconds * 1_000).rounded()))
            }
        default: break
        }
        throw ControlOrder.Refusal(
            "A moment is as in 2026-11-24T10:00:00Z or 2026-11-24, or seconds since 1970."
        )
    }

    private static let badSpan = ControlOrder.Refusal(
        "A length of time is as in P31D, PT90M or 1d12h; years and months have no fixed length."
    )

    private static let badRate = ControlOrder.Refusal(
        "The rate is a whole number from 1 to \(ClockSetting.fastestRate)."
    )

    private static let usage = """
        Send one of {"freeze":true}, {"freeze":"2026-11-24T10:00:00Z"}, {"freeze":false}, \
        {"set":"2026-11-24T10:00:00Z"}, {"advance":"P31D"}, {"rate":3600} and {"reset":true}.
        """
}

extension Timestamp {
    /// The moment a length of time later, or the last one that there is.
    fileprivate static func + (time: Timestamp, span: TimeSpan) -> Timestamp {
        min(Timestamp(milliseconds: time.milliseconds + span.milliseconds), .latest)
    }
}
