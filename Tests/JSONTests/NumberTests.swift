import JSON
import Testing

@Suite struct NumberTests {
    /// A number's text, its exact integer, its integer without the fraction.
    static let integers: [(text: String, exact: Int64?, truncated: Int64?)] = [
        ("5", 5, 5),
        ("0", 0, 0),
        ("-0", 0, 0),
        ("5.0", 5, 5),
        ("5.000", 5, 5),
        ("1e3", 1_000, 1_000),
        ("1E+3", 1_000, 1_000),
        ("50e-1", 5, 5),
        ("1.5e1", 15, 15),
        ("0.000005e6", 5, 5),
        ("1234.5678e4", 12_345_678, 12_345_678),
        ("0e999999999", 0, 0),
        ("0.0e-999999999", 0, 0),
        ("1.5", nil, 1),
        ("-1.5", nil, -1),
        ("1.99", nil, 1),
        ("0.5", nil, 0),
        ("-0.5", nil, 0),
        ("15e-1", nil, 1),
        ("1e-1", nil, 0),
        ("1e-999999999", nil, 0),
        ("9223372036854775807", .max, .max),
        ("-9223372036854775808", .min, .min),
        ("9223372036854775807.0", .max, .max),
        ("9223372036854775807.5", nil, .max),
        ("-9223372036854775808.5", nil, .min),
        ("9.223372036854775807e18", .max, .max),
        ("922337203685477580700e-2", .max, .max),
        ("9223372036854775808", nil, nil),
        ("-9223372036854775809", nil, nil),
        ("1e18", 1_000_000_000_000_000_000, 1_000_000_000_000_000_000),
        ("1e19", nil, nil),
        ("1e999999999", nil, nil),
        ("-1e999999999", nil, nil),
        ("1e99999999999999999999999999", nil, nil),
        ("1e-99999999999999999999999999", nil, 0),
        ("12345678901234567890", nil, nil),
        ("12345678901234567890e-10", nil, 1_234_567_890),
        ("0.00000000000000000000000000000000000000000000000000", 0, 0),
    ]

    @Test(arguments: integers)
    func `A number gives its integer, exactly or without the fraction`(
        text: String,
        exact: Int64?,
        truncated: Int64?
    ) throws {
        let number = try #require(JSONNumber(text: text))
        #expect(number.int64 == exact)
        #expect(number.truncated == truncated)
        #expect(number.text == text)
    }

    @Test(
        arguments: zip(
            [
                "0", "-0", "0.5", "1e3", "-12.25", "1e308", "5e-324", "1e-999999999", "1e400",
                "-1e400",
            ],
            [0, 0, 0.5, 1_000, -12.25, 1e308, .leastNonzeroMagnitude, 0, nil, nil] as [Double?]
        )
    )
    func `A number gives the nearest fraction, or none when it is too great`(
        text: String,
        value: Double?
    ) throws {
        #expect(try #require(JSONNumber(text: text)).double == value)
    }

    @Test(arguments: ["-1", "-0", "-1e999999999", "-9223372036854775809"])
    func `A negative number says so even when it is out of range`(text: String) throws {
        #expect(try #require(JSONNumber(text: text)).isNegative)
        #expect(try !#require(JSONNumber(text: String(text.dropFirst()))).isNegative)
    }

    @Test(arguments: [
        "", " 1", "1 ", "+1", "01", "1.", ".5", "1e", "NaN", "0x1", "1,2", "\"1\"", "١",
    ])
    func `A text that is no number makes none`(text: String) {
        #expect(JSONNumber(text: text) == nil)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 1_234_567_890_123, .max])
    func `An integer is written plainly and read back`(value: Int64) throws {
        let number = JSONNumber(value)
        #expect(number.text == "\(value)")
        #expect(number.int64 == value)
        #expect(try JSONParser.parse("\(value)") == .number(number))
    }

    @Test func `Numbers are equal when their texts are`() throws {
        #expect(JSONNumber(5) == JSONNumber(text: "5"))
        #expect(JSONNumber(5) != JSONNumber(text: "5.0"))
    }

    @Test func `A number of a million digits is neither slow nor wrong`() throws {
        let digits = String(repeating: "9", count: 1_000_000)
        let whole = try #require(JSONNumber(text: digits))
        #expect(whole.int64 == nil)
        #expect(whole.truncated == nil)
        #expect(whole.double == nil)
        let fraction = try #require(JSONNumber(text: "0." + digits))
        #expect(fraction.int64 == nil)
        #expect(fraction.truncated == 0)
        #expect(fraction.double == 1)
        let shifted = try #require(JSONNumber(text: digits + "e-999998"))
        #expect(shifted.truncated == 99)
    }
}
