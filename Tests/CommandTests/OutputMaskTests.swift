import TestSupport
import Testing

@testable import pocketvault

@Suite("Masked output")
struct OutputMaskTests {
    private func values(_ texts: String...) -> MaskedValues {
        MaskedValues(texts.map { (name: "X", value: Array($0.utf8)) })
    }

    /// What is shown of pieces that come one after the other.
    private func shown(_ pieces: [[UInt8]], hiding values: MaskedValues) -> String {
        var mask = OutputMask(values)
        let shown = pieces.flatMap { mask.take($0) } + mask.finish()
        return String(decoding: shown, as: UTF8.self)
    }

    private func shown(_ text: String, hiding values: MaskedValues) -> String {
        shown([Array(text.utf8)], hiding: values)
    }

    @Test func `A value is replaced wherever it stands`() {
        let values = values("calm-otter")
        #expect(shown("at calm-otter, calm-ottercalm-otter", hiding: values) == "at ***, ******")
        #expect(shown("calm-otte calm", hiding: values) == "calm-otte calm")
    }

    @Test func `A value is replaced however the output is cut into pieces`() {
        let values = values("calm-otter", "calm-heron", "otters")
        let text = Array("x calm-calm-otter calm-ottersy calm-hero calm-heron\ncalm".utf8)
        let whole = shown([text], hiding: values)
        #expect(whole == "x calm-*** ***y calm-hero ***\ncalm")
        for cut in 0...text.count {
            #expect(shown([Array(text[..<cut]), Array(text[cut...])], hiding: values) == whole)
        }
        #expect(shown(text.map { [$0] }, hiding: values) == whole)
    }

    @Test func `Of values that overlap nothing is left`() {
        #expect(shown("abcdefghi", hiding: values("abcdef", "defghi")) == "***")
        #expect(shown("1abcdef2", hiding: values("abcd", "abcdef", "cdef")) == "1***2")
    }

    @Test func `What could begin a value is held until it is seen whether it is one`() {
        var mask = OutputMask(values("calm-otter"))
        #expect(mask.take(Array("a calm-".utf8)) == Array("a ".utf8))
        #expect(mask.take(Array("sea".utf8)) == Array("calm-sea".utf8))
        #expect(mask.take(Array("calm".utf8)) == [])
        #expect(mask.finish() == Array("calm".utf8))
    }

    @Test func `No value comes through, whatever is cut where`() {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<2_000 {
            func text(_ length: Int) -> [UInt8] {
                (0..<length).map { _ in UInt8.random(in: 0x61...0x62, using: &generator) }
            }
            let hidden = [text(4), text(5), text(7)]
            let values = MaskedValues(hidden.map { (name: "X", value: $0) })
            var left = text(40)
            var pieces: [[UInt8]] = []
            while !left.isEmpty {
                let count = Int.random(in: 1...9, using: &generator)
                pieces.append(Array(left.prefix(count)))
                left = Array(left.dropFirst(count))
            }
            let seen = shown(pieces, hiding: values)
            #expect(seen == shown([pieces.flatMap(\.self)], hiding: values))
            for value in hidden {
                #expect(!seen.contains(String(decoding: value, as: UTF8.self)))
            }
        }
    }

    @Test func `Lines of a value, members of an object and what JSON makes of them are hidden too`()
    {
        let lines = values("first line\nsecond line\n")
        #expect(shown("1: first line\n2: second line", hiding: lines) == "1: ***\n2: ***")
        let object = values(#"{"password":"calm-otter","port":15432,"on":true}"#)
        #expect(shown("calm-otter at 15432 is true", hiding: object) == "*** at *** is true")
        let quoted = values("say \"calm\"\tnow")
        #expect(shown(#"{"log":"say \"calm\"\tnow"}"#, hiding: quoted) == #"{"log":"***"}"#)
    }

    @Test func `What is too short to be told from other text is left and named`() {
        let values = MaskedValues([(name: "PORT", value: Array("80".utf8))])
        #expect(values.unmasked == ["PORT"])
        #expect(shown("80", hiding: values) == "80")
    }
}
