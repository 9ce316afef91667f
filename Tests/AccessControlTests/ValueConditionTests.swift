import AccessControl
import Testing

@Suite struct ValueConditionTests {
    @Test(
        arguments: [
            ConditionCase("NumericEquals", "7", ["7"], true),
            ConditionCase("NumericEquals", #""7""#, ["7.0"], true),
            ConditionCase("NumericEquals", "7", ["70e-1"], true),
            ConditionCase("NumericEquals", "7", ["8"], false),
            ConditionCase("NumericEquals", "7", ["seven"], false),
            ConditionCase("NumericEquals", "7", nil, false),
            ConditionCase("NumericEquals", "[7,30]", ["30"], true),
            ConditionCase("NumericEquals", "9007199254740993", ["9007199254740992"], false),
            ConditionCase("NumericEquals", "-0.5", ["-5e-1"], true),
            ConditionCase("NumericEqualsIfExists", "7", nil, true),
            ConditionCase("NumericNotEquals", "7", ["7"], false),
            ConditionCase("NumericNotEquals", "7", ["8"], true),
            ConditionCase("NumericNotEquals", "7", nil, true),
            ConditionCase("NumericLessThan", "7", ["6.9"], true),
            ConditionCase("NumericLessThan", "7", ["7"], false),
            ConditionCase("NumericLessThan", "7", nil, false),
            ConditionCase("NumericLessThanEquals", "7", ["7"], true),
            ConditionCase("NumericLessThanEquals", "7", ["7.1"], false),
            ConditionCase("NumericGreaterThan", "7", ["10"], true),
            ConditionCase("NumericGreaterThan", "7", ["7"], false),
            ConditionCase("NumericGreaterThanEquals", "7", ["7"], true),
            ConditionCase("NumericGreaterThanEquals", "7", ["-7"], false),
            ConditionCase("NumericGreaterThanEqualsIfExists", "7", nil, true),
        ]
    )
    func `Numbers are compared by value`(row: ConditionCase) throws {
        try row.check()
    }

    @Test(arguments: ["01", "+1", "1.0", "1e0", "1.", "+01.00", "0.1e1"])
    func `C90: a number may have a plus sign and zeros in front`(text: String) throws {
        try ConditionCase("NumericEquals", "1", [text], true).check()
        try ConditionCase("NumericEquals", #""\#(text)""#, ["1"], true).check()
    }

    @Test(
        arguments: [
            "NaN", "Infinity", "-Infinity", "one", "", " 1", "1 ", "0x1", "1f", ".", "+", "1e",
        ]
    )
    func `C90: words and the empty text are no numbers, and so not equal to one`(
        text: String
    ) throws {
        try ConditionCase("NumericEquals", "1", [text], false).check()
        try ConditionCase("NumericNotEquals", "1", [text], true).check()
        try ConditionCase("NumericLessThan", "1", [text], false).check()
    }

    @Test(
        arguments: [
            ConditionCase("NumericEquals", "-1", ["-01"], true),
            ConditionCase("NumericEquals", "0.5", [".5"], true),
            ConditionCase("NumericEquals", "0", ["000"], true),
            ConditionCase("DateEquals", #""2026-03-01""#, ["1772323200"], true),
            ConditionCase("DateEquals", "1772323200", ["2026-03-01"], true),
        ]
    )
    func `C90: a date may be seconds or a day`(row: ConditionCase) throws {
        try row.check()
    }

    @Test(
        arguments: [
            ConditionCase("DateEquals", #""2026-03-01T10:00:00Z""#, ["2026-03-01T10:00:00Z"], true),
            ConditionCase(
                "DateEquals",
                #""2026-03-01T10:00:00Z""#,
                ["2026-03-01T11:00+01:00"],
                true
            ),
            ConditionCase(
                "DateEquals",
                #""2026-03-01T10:00:00Z""#,
                ["2026-03-01T04:30:00-05:30"],
                true
            ),
            ConditionCase("DateEquals", #""2026-03-01T10:00:00Z""#, ["1772359200"], true),
            ConditionCase("DateEquals", "1772359200", ["2026-03-01T10:00:00.000Z"], true),
            ConditionCase("DateEquals", "1772359200.25", ["2026-03-01T10:00:00.25Z"], true),
            ConditionCase("DateEquals", #""2026-03-01""#, ["2026-03-01T00:00:00Z"], true),
            ConditionCase("DateEquals", #""2026-03""#, ["2026-03-01"], true),
            ConditionCase("DateEquals", "2026", ["2026-01-01T00:00Z"], true),
            ConditionCase("DateEquals", #""2024-02-29""#, ["1709164800"], true),
            ConditionCase("DateEquals", #""1970-01-01""#, ["0"], true),
            ConditionCase("DateEquals", #""1969-12-31T23:00-01:00""#, ["0"], true),
            ConditionCase("DateEquals", #""2000-03-01""#, ["951868800"], true),
            ConditionCase("DateEquals", #""0000-01-01""#, ["0000-01-01T00:00Z"], true),
            ConditionCase("DateEquals", #""2026-03-01""#, ["yesterday"], false),
            ConditionCase("DateEquals", #""2026-03-01""#, nil, false),
            ConditionCase("DateNotEquals", #""2026-03-01""#, ["2026-03-02"], true),
            ConditionCase("DateNotEquals", #""2026-03-01""#, ["2026-03-01"], false),
            ConditionCase("DateNotEquals", #""2026-03-01""#, nil, true),
            ConditionCase("DateLessThan", #""2026-03-01""#, ["2026-02-28T23:59:59.999Z"], true),
            ConditionCase("DateLessThan", #""2026-03-01""#, ["2026-03-01"], false),
            ConditionCase("DateLessThanEquals", #""2026-03-01""#, ["2026-03-01"], true),
            ConditionCase(
                "DateLessThanEquals",
                #""2026-03-01""#,
                ["2026-03-01T00:00:00.001Z"],
                false
            ),
            ConditionCase("DateGreaterThan", #""2026-03-01""#, ["2026-03-01T00:00:00.001Z"], true),
            ConditionCase("DateGreaterThan", #""2026-03-01""#, ["2026-03-01"], false),
            ConditionCase("DateGreaterThan", #""0000-02-29""#, ["0000-02-28"], false),
            ConditionCase("DateGreaterThanEquals", #""2026-03-01""#, ["2026-03-01"], true),
            ConditionCase("DateGreaterThanEquals", #""2026-03-01""#, ["2025-03-01"], false),
            ConditionCase("DateGreaterThanIfExists", #""2026-03-01""#, nil, true),
        ]
    )
    func `Dates are compared as moments`(row: ConditionCase) throws {
        try row.check()
    }

    @Test(
        arguments: [
            ConditionCase("Bool", "true", ["true"], true),
            ConditionCase("Bool", #""true""#, ["True"], true),
            ConditionCase("Bool", #""FALSE""#, ["false"], true),
            ConditionCase("Bool", "true", ["false"], false),
            ConditionCase("Bool", "true", ["1"], false),
            ConditionCase("Bool", "false", nil, false),
            ConditionCase("BoolIfExists", "false", nil, true),
            ConditionCase("BoolIfExists", "false", ["true"], false),
            ConditionCase("Bool", "[true,false]", ["false"], true),
            ConditionCase("BinaryEquals", #""QmluYXJ5""#, ["QmluYXJ5"], true),
            ConditionCase("BinaryEquals", #""QmluYXJ5""#, ["QmluYXJ6"], false),
            ConditionCase("BinaryEquals", #""+/8=""#, ["+/8="], true),
            ConditionCase("BinaryEquals", #""""#, [""], true),
            ConditionCase("BinaryEquals", #""QQ==""#, ["not base 64"], false),
            ConditionCase("BinaryEquals", #""QQ==""#, nil, false),
            ConditionCase("BinaryEqualsIfExists", #""QQ==""#, nil, true),
            ConditionCase("Null", "true", nil, true),
            ConditionCase("Null", "true", [], true),
            ConditionCase("Null", "true", ["x"], false),
            ConditionCase("Null", #""false""#, ["x"], true),
            ConditionCase("Null", "false", [""], true),
            ConditionCase("Null", #""false""#, nil, false),
            ConditionCase("Null", "[true,false]", nil, true),
        ]
    )
    func `Truth values, bytes and absence are told apart`(row: ConditionCase) throws {
        try row.check()
    }

    @Test(
        arguments: [
            ConditionCase("IpAddress", #""203.0.113.0/24""#, ["203.0.113.9"], true),
            ConditionCase("IpAddress", #""203.0.113.77/24""#, ["203.0.113.9"], true),
            ConditionCase("IpAddress", #""203.0.113.0/24""#, ["203.0.114.9"], false),
            ConditionCase("IpAddress", #""203.0.113.9""#, ["203.0.113.9"], true),
            ConditionCase("IpAddress", #""203.0.113.9""#, ["203.0.113.8"], false),
            ConditionCase("IpAddress", #""0.0.0.0/0""#, ["255.255.255.255"], true),
            ConditionCase("IpAddress", #""0.0.0.0/0""#, ["::1"], false),
            ConditionCase("IpAddress", #""10.0.0.0/9""#, ["10.127.255.255"], true),
            ConditionCase("IpAddress", #""10.0.0.0/9""#, ["10.128.0.0"], false),
            ConditionCase("IpAddress", #""10.0.0.0/8""#, ["10.0.0.0/8"], false),
            ConditionCase("IpAddress", #""10.0.0.0/8""#, ["nowhere"], false),
            ConditionCase("IpAddress", #""10.0.0.0/8""#, nil, false),
            ConditionCase("IpAddress", #"["10.0.0.0/8","2001:db8::/32"]"#, ["2001:db8:1::2"], true),
            ConditionCase("IpAddress", #""2001:db8::/32""#, ["2001:db9::"], false),
            ConditionCase("IpAddress", #""2001:DB8:0:0:0:0:0:1""#, ["2001:db8::1"], true),
            ConditionCase("IpAddress", #""::/0""#, ["fe80::1"], true),
            ConditionCase("IpAddress", #""::""#, ["0:0:0:0:0:0:0:0"], true),
            ConditionCase("IpAddress", #""1::/16""#, ["1:2:3:4:5:6:7:8"], true),
            ConditionCase("IpAddress", #""::ffff:0:0/96""#, ["::ffff:192.0.2.1"], true),
            ConditionCase("IpAddress", #""::1""#, ["fe80::1%eth0"], false),
            ConditionCase("IpAddressIfExists", #""10.0.0.0/8""#, nil, true),
            ConditionCase("NotIpAddress", #""10.0.0.0/8""#, ["10.1.2.3"], false),
            ConditionCase("NotIpAddress", #""10.0.0.0/8""#, ["192.0.2.1"], true),
            ConditionCase("NotIpAddress", #"["10.0.0.0/8","192.0.2.0/24"]"#, ["192.0.2.1"], false),
            ConditionCase("NotIpAddress", #""10.0.0.0/8""#, nil, true),
        ]
    )
    func `Addresses are found in their blocks`(row: ConditionCase) throws {
        try row.check()
    }

    static let invalidValues: [(String, [String])] = [
        ("NumericEquals", ["", "x", "1 ", "0x1", "1e999", "${aws:x}", "NaN"]),
        (
            "DateEquals",
            [
                "", "x", "2026-13", "2026-00", "2026-02-29", "2100-02-29", "2026-04-31", "2026-1-1",
                "2026-01-01T10:00", "2026-01-01T24:00Z", "2026-01-01T10:60Z",
                "2026-01-01T10:00:60Z", "2026-01-01T10:00:00.Z", "2026-01-01T10Z", "26-01-01",
                "2026-01-01 10:00Z", "2026-01-01T10:00+24:00", "2026-01-01T10:00+01", "1.", ".5",
                "1234567890123", "-5", "2026-01-01Z", "2026-01-01T10:00Zx",
            ]
        ),
        ("Bool", ["", "yes", "1", "tru"]),
        ("Null", ["", "null", "0"]),
        ("BinaryEquals", ["Q", "QQ", "QQ=", "Q===", "====", "QR==", "Q Q=", "Qé==", "-_8="]),
        (
            "IpAddress",
            [
                "", "*", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.4/33", "1.2.3.4/",
                "1.2.3.4/+8", "1.2.3.4/08", "1.2.3.4/8/8", "1..3.4", "::/129", ":::", "1:2", ":",
                "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", ":1::",
                "::1:", "1.2.3.4::", "::1.2.3", "fe80::1%eth0", "10.0.*.*",
            ]
        ),
    ]

    @Test(arguments: invalidValues)
    func `A value that its operator cannot compare with is a fault`(
        name: String,
        values: [String]
    ) {
        for value in values {
            let text = conditional(#"{"\#(name)":{"test:Key":"\#(value)"}}"#)
            #expect(fault(text) == .invalidConditionValue, "\(name) \(value)")
        }
    }
}
