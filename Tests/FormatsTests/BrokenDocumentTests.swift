import Formats
import Testing

@Suite struct BrokenDocumentTests {
    @Test(arguments: SecretFormat.allCases, UInt64(0)..<8)
    func `A document with bytes changed or cut off is read or refused, never fatal`(
        _ format: SecretFormat,
        _ seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let secrets = HostileSecrets.thousand.enumerated().filter { index, secret in
            index % 40 == Int(seed) && secret.name != "app/test/NAME_0"
        }.map(\.element)
        let settings = WritingSettings(prefix: "app/test/", dialect: .systemd, valueFolder: "v")
        guard let original = try? format.document(of: secrets, settings).text.utf8 else { return }
        let marks = Array("\"'\\\n{}[]:=$|<-#&! ".utf8)
        for _ in 0..<25 {
            var bytes = Array(original)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] = marks[Int.random(in: marks.indices, using: &generator)]
            }
            bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &generator))
            for dialect in DotenvDialect.allCases {
                _ = try? format.read(bytes, ReadingSettings(dialect: dialect))
                _ = try? SecretFormat.of(bytes)
                guard format == .dotenv else { break }
            }
        }
    }

    @Test(arguments: [SecretFormat.kubernetes, .compose])
    func `YAML nested without end is refused`(_ format: SecretFormat) throws {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
            String(repeating: "{a: ", count: 100_000),
        ] {
            #expect(try format.refusal(of: text).hasSuffix("it is nested too deep"))
        }
    }

    @Test func `Terraform nested without end is refused`() throws {
        for text in [
            String(repeating: "a {\n", count: 100_000),
            "a = \"" + String(repeating: "${\"", count: 100_000),
        ] {
            #expect(throws: FormatError.self) { try SecretFormat.terraform.lines(text) }
        }
    }
}
