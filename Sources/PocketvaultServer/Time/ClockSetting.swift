internal import AWS
internal import JSON
internal import Notation

/// How the vault's time follows from the machine's.
///
/// At the moment `origin` of the machine's clock the vault's clock showed `time`; since then it runs
/// `rate` times as fast. A rate of 0 is a clock that stands still.
struct ClockSetting: Sendable, Equatable {
    let origin: Timestamp
    let time: Timestamp
    let rate: Int64

    /// The machine's own time.
    static let real = ClockSetting(origin: .epoch, time: .epoch, rate: 1)

    /// At 86,400 a day passes in a second; faster than that no schedule could be followed.
    static let fastestRate: Int64 = 86_400

    /// The vault's time at a moment of the machine's clock; within the years that dates can have,
    /// whatever the machine says.
    func time(at real: Timestamp) -> Timestamp {
        let elapsed = real.milliseconds - origin.milliseconds
        let (product, overflows) = elapsed.multipliedReportingOverflow(by: rate)
        let (sum, overflowsToo) = time.milliseconds.addingReportingOverflow(product)
        return overflows || overflowsToo ? .latest : min(Timestamp(milliseconds: sum), .latest)
    }

    /// The same rate from another time on.
    func moved(to time: Timestamp, at real: Timestamp) -> ClockSetting {
        ClockSetting(origin: real, time: time, rate: rate)
    }

    /// Another rate from the present time on.
    func running(_ rate: Int64, at real: Timestamp) -> ClockSetting {
        ClockSetting(origin: real, time: time(at: real), rate: rate)
    }
}

/// As the vault keeps it: `{"origin":…,"time":…,"rate":…}`, milliseconds since the epoch.
extension ClockSetting {
    var text: String {
        """
        {"origin":\(origin.milliseconds),"time":\(time.milliseconds),"rate":\(rate)}
        """
    }

    init?(text: String) {
        guard case .object(let object)? = try? JSONParser.parse(Array(text.utf8)),
            let origin = object.integer("origin"), let time = object.integer("time"),
            let rate = object.integer("rate")
        else { return nil }
        self.init(
            origin: Timestamp(milliseconds: origin),
            time: Timestamp(milliseconds: time),
            rate: rate
        )
    }
}

extension Timestamp {
    static let epoch = Timestamp(milliseconds: 0)
    /// The end of the year 9999, the last that a date of four digits can name.
    static let latest = Timestamp(milliseconds: 253_402_300_799_999)
}
