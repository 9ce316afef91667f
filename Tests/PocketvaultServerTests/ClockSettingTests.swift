import AWS
import Notation
import Testing

@testable import PocketvaultServer

@Suite("The clock's settings")
struct ClockSettingTests {
    private let real = Timestamp(milliseconds: 1_000_000)
    private let later = Timestamp(milliseconds: 1_060_000)

    @Test("at first the vault's time is the machine's")
    func isReal() {
        #expect(ClockSetting.real.time(at: real) == real)
    }

    @Test("a frozen clock stands still, and runs on from there")
    func freezes() {
        let frozen = ClockSetting.real.running(0, at: real)
        #expect(frozen.time(at: later) == real)
        #expect(frozen.running(1, at: later).time(at: later) == real)
    }

    @Test("a fast clock passes an hour in a second")
    func runsFast() {
        let fast = ClockSetting.real.running(3_600, at: real)
        #expect(fast.time(at: later).milliseconds == 1_000_000 + 60_000 * 3_600)
    }

    @Test("a moved clock keeps its rate")
    func moves() {
        let moved = ClockSetting.real.moved(to: .epoch, at: real)
        #expect(moved.time(at: later).milliseconds == 60_000)
    }

    @Test("no clock runs past the year 9999")
    func ends() {
        let fast = ClockSetting(origin: .epoch, time: .latest, rate: 86_400)
        #expect(fast.time(at: Timestamp(milliseconds: .max)) == .latest)
    }

    @Test("the vault gets back what it keeps")
    func roundTrip() {
        let setting = ClockSetting(origin: real, time: later, rate: 7)
        #expect(ClockSetting(text: setting.text) == setting)
        #expect(ClockSetting(text: "{}") == nil)
        #expect(ClockSetting(text: "") == nil)
    }
}
