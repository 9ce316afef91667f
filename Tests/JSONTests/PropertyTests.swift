import JSON
import Testing

@Suite struct PropertyTests {
    @Test(arguments: UInt64(0)..<400)
    func `Whatever is written is read back as the same value`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let value = JSONValue.random(depth: 5, using: &generator)
        #expect(try JSONParser.parse(value.jsonBytes(), duplicateMembers: .refused) == value)
        #expect(try JSONParser.parse(value.jsonText(pretty: true)) == value)
        #expect(try JSONParser.parse(value.jsonBytes()).jsonBytes() == value.jsonBytes())
    }

    @Test(arguments: UInt64(0)..<200)
    func `A document with one byte changed is read or refused, never fatal`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let original = JSONValue.random(depth: 4, using: &generator).jsonBytes()
        for _ in 0..<50 {
            var bytes = original
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[index] = .random(in: 0...255, using: &generator)
            guard let value = try? JSONParser.parse(bytes) else { continue }
            #expect(try JSONParser.parse(value.jsonBytes()) == value)
        }
    }
}
