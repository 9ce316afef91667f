import Client
import JSON
import Notation
import Testing

@testable import pocketvault

@Suite("The difference of two values")
struct ValueDifferenceTests {
    private func lines(
        _ before: VersionValue,
        _ after: VersionValue,
        reveal: Bool = false
    ) -> [String] {
        ValueDifference.between(before, after).map { $0.line(reveal: reveal) }
    }

    @Test func `Objects are compared key by key, and tell no value`() {
        let before = VersionValue.text(#"{"a":"hidden1","b":[1],"c":1}"#)
        let after = VersionValue.text(#"{"c":1,"b":[2],"d":"hidden2"}"#)
        #expect(lines(before, after) == ["- a", "~ b", "+ d"])
        #expect(
            lines(before, after, reveal: true)
                == [#"- a: "hidden1""#, "~ b: [1] → [2]", #"+ d: "hidden2""#]
        )
        let json = ValueDifference.between(before, after).map { $0.json(reveal: false) }
        let text = JSONValue.array(json).jsonText()
        #expect(!text.contains("hidden"))
        #expect(text.contains(#"{"key":"a","difference":"removed"}"#))
    }

    @Test func `Objects that are written otherwise have no difference`() {
        #expect(lines(.text(#"{"a":1,"b":2}"#), .text(#"{"b":2, "a":1}"#)) == [])
    }

    @Test func `Other values are the same or not, to the byte`() {
        #expect(lines(.text("a"), .text("a")) == [])
        #expect(lines(.text("é"), .text("e\u{301}")) == ["~ the value"])
        #expect(lines(.text("a"), .binary([97])) == ["~ the value"])
        #expect(lines(.text("a"), .binary([97]), reveal: true) == ["~ the value: a → 1 bytes"])
    }
}
