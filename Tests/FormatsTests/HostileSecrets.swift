import Formats
import Notation

/// A generator whose sequence its seed decides, so that a failure can be had again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Secrets whose values are made of what formats stumble over.
enum HostileSecrets {
    /// Values by hand, each of them awkward for some format.
    static let values: [String] = [
        "x", " ", "\t", "\n", "\r", "\r\n", "'", "\"", "`", "'\"`", "#", " #", "# x", "=", "a=b",
        "${HOME}", "$HOME", "$(id)", "`id`", "$${x}", "%{if true}", "%%{x}", "$", "${", "$${", "%",
        "\\", "a\\", "\\n", "'\\n", "a\nb", "a\r\nb\r\n", " lead", "trail ", "\u{A0}x\u{2028}",
        "\u{FEFF}x", "\0", "a\0b", "é", "e\u{301}", "\u{212B}", "😀", "\u{1F468}\u{200D}\u{1F469}",
        "{\"a\":\"b\\n\"}", "[1]", "null", "true", "1e5", "0x1F", "~", "- a", "a: b", "key: |",
        "---",
        "EOF", "<<EOT\nx\nEOT\n", "\"quoted\"", "'single'", "`tick`", "encrypted:", "!",
        "!!binary x",
        "&a", "*a", "@file", "file:///etc/passwd", "https://example.com/?a=b&c=d#e", "--flag", "-",
        "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{FFFF}", "\u{E000}", ";", "; rm -rf /", "%s%n",
        "a b c",
        "-----BEGIN KEY-----\nMIIB\n-----END KEY-----\n", "\u{202E}abc", "$'\\x41'", "export A=1",
        "\\u0041", "\\x41", "a\u{B}b\u{C}c", "C:\\new\\table", "p@ss:w0rd/#?&=+%20",
    ]

    private static let pieces = [
        "a", "Z", "0", " ", "  ", "\t", "\n", "\r", "\r\n", "'", "\"", "`", "\\", "\\n", "\\\"",
        "$",
        "${", "}", "$(x)", "%{", "%", "#", " #", "=", ":", ": ", "-", "é", "e\u{301}", "😀",
        "\u{2028}",
        "{", "[", ",", "&", "*", "!", "|", ">", "~", ";", "EOT", "\u{1}", "\u{FEFF}",
    ]

    /// Values by chance.
    static func values(count: Int, seed: UInt64) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let length = Int.random(in: 1...12, using: &generator)
            return (0..<length).map { _ in
                pieces[Int.random(in: pieces.indices, using: &generator)]
            }.joined()
        }
    }

    /// Bytes by chance, zeroes and text among them.
    static func bytes(count: Int, seed: UInt64) -> [[UInt8]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            if index % 4 == 0 { return Array("text\(index)\0".utf8) }
            let length = Int.random(in: 1...40, using: &generator)
            return (0..<length).map { _ in .random(in: 0...255, using: &generator) }
        }
    }

    /// A thousand secrets: every value by hand, values by chance, and bytes.
    static let thousand: [CarriedSecret] = {
        let texts = values + values(count: 900 - values.count, seed: 1)
        let all = texts.map(VersionValue.text) + bytes(count: 100, seed: 2).map(VersionValue.binary)
        return all.enumerated().map { index, value in
            CarriedSecret(name: "app/test/NAME_\(index)", value: value)
        }
    }()
}
