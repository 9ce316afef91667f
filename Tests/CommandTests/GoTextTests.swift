import JSON
import Testing

@testable import pocketvault

@Suite("Values as ECS prints them")
struct GoTextTests {
    @Test(arguments: [
        (#""calm""#, "calm"), (#""""#, ""), ("true", "true"), ("false", "false"),
        ("null", "<nil>"), ("5432", "5432"), ("0", "0"), ("-1", "-1"), ("1.5", "1.5"),
        ("100000", "100000"), ("999999", "999999"), ("1000000", "1e+06"),
        ("1234567", "1.234567e+06"), ("123456789012", "1.23456789012e+11"), ("1e21", "1e+21"),
        ("1e100", "1e+100"), ("0.0001", "0.0001"), ("0.00001", "1e-05"), ("0.000125", "0.000125"),
        ("1.50", "1.5"), ("-2.25e-7", "-2.25e-07"), ("5.0", "5"),
        (#"{"b":2,"a":1}"#, "map[a:1 b:2]"), ("{}", "map[]"), (#"[1,"x",null]"#, "[1 x <nil>]"),
        (#"{"a":{"b":[true]}}"#, "map[a:map[b:[true]]]"),
    ])
    func `A value is as Go's percent v has it`(json: String, text: String) throws {
        #expect(GoText.of(try JSONParser.parse(Array(json.utf8))) == text)
    }
}
