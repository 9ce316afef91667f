import AWS
import JSON
import Notation
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "dates are epoch seconds with as many decimals as they need, three at most",
        arguments: [
            (1_523_477_145_713, "1523477145.713"), (1_523_477_145_700, "1523477145.7"),
            (1_523_477_145_000, "1523477145"), (1_523_477_145_007, "1523477145.007"),
            (0, "0"), (-1, "-0.001"), (-1_500, "-1.5"),
        ] as [(Int64, String)]
    )
    func rendering(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).jsonText() == text)
    }
}
