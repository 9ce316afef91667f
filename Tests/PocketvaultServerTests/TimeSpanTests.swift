import Notation
import Testing

@testable import PocketvaultServer

@Suite("Lengths of time")
struct TimeSpanTests {
    @Test(
        "ISO 8601 durations of weeks to seconds",
        arguments: [
            ("P31D", 2_678_400_000), ("PT1H", 3_600_000), ("PT90M", 5_400_000),
            ("P1DT12H", 129_600_000), ("P2W", 1_209_600_000), ("PT1S", 1_000),
            ("P6DT23H", 601_200_000), ("PT0S", 0), ("P36525D", 3_155_760_000_000),
            ("31d", 2_678_400_000), ("90m", 5_400_000), ("1h30m", 5_400_000), ("2w", 1_209_600_000),
            ("1d12h", 129_600_000), ("45s", 45_000),
        ] as [(String, Int64)]
    )
    func accepted(_ text: String, _ milliseconds: Int64) {
        #expect(TimeSpan(text)?.milliseconds == milliseconds)
    }

    @Test(
        "what is none, has no fixed length, or is beyond a hundred years is refused",
        arguments: [
            "", "P", "PT", "P1", "31D", "P1Y", "P1M", "P-1D", "P1.5D", "P1DT", "PT1H1H", "PT1M1H",
            "P1D2W", "P 1D", "p1d", "P1D ", "P36526D", "P99999999999999999999D", "PT1D", "P1H",
            "P٣D", "P999999999999W", "d", "31", "1y", "30m1h", "1h 30m", "-1d", "1.5h", "٣d",
        ]
    )
    func refused(_ text: String) {
        #expect(TimeSpan(text) == nil)
    }
}
