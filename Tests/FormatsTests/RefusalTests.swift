import Formats
import Notation
import Testing

@Suite struct RefusalTests {
    @Test(arguments: [
        (DotenvDialect.docker, "a\nb", "it has several lines, and docker's files know no quotes"),
        (.docker, "a\r", "it ends in a carriage return, which docker takes for the line's end"),
        (
            .docker, String(repeating: "x", count: 65_534),
            "docker reads no line of more than 65,535 bytes"
        ),
        (.node, "a\rb", "it holds a carriage return, which Node.js leaves out"),
        (
            .node, "'\"`\n",
            "it holds all three kinds of quotes, and Node.js knows no escape for them"
        ),
        (.python, "a${B}c", "it holds ${…}, which python-dotenv would replace"),
        (.python, "${B:-c}", "it holds ${…}, which python-dotenv would replace"),
        (
            .systemd, "\u{FFFF}",
            "it holds a code point that is no character, which systemd does not take"
        ),
        (.node, "a\0b", "it holds a NUL, which no variable can"),
        (.systemd, "a\0b", "it holds a NUL, which no variable can"),
    ])
    func `What a dialect cannot carry is refused with the secret and the reason`(
        _ dialect: DotenvDialect,
        _ value: String,
        _ reason: String
    ) throws {
        let secrets = [
            CarriedSecret(name: "app/fine", value: .text("x")),
            CarriedSecret(name: "app/b", value: .text(value)),
        ]
        #expect(
            try SecretFormat.dotenv.refusal(of: secrets, dialect: dialect) == "app/b: \(reason)"
        )
    }

    @Test(arguments: [
        (DotenvDialect.docker, "A=a#b $c 'd' "), (.node, "A='a#b $c \"d\" '"),
        (.python, "A=\"a'\\\\\\\"\\r\""), (.systemd, "A=\"\\$a\\`b\\\"\\\\\""),
    ])
    func `Each dialect writes the quotes that its program takes off`(
        _ dialect: DotenvDialect,
        _ line: String
    ) throws {
        let values: [DotenvDialect: String] = [
            .docker: "a#b $c 'd' ", .node: "a#b $c \"d\" ", .python: "a'\\\"\r",
            .systemd: "$a`b\"\\",
        ]
        let secret = CarriedSecret(name: "a", value: .text(try #require(values[dialect])))
        let settings = WritingSettings(prefix: "", dialect: dialect)
        #expect(try SecretFormat.dotenv.document(of: [secret], settings).text == line + "\n")
    }

    @Test(arguments: [SecretFormat.dotenv, .shell])
    func `Bytes are no variable`(_ format: SecretFormat) throws {
        let secret = CarriedSecret(name: "app/key", value: .binary([1, 2]))
        #expect(
            try format.refusal(of: [secret])
                == "app/key: it is binary, and a variable holds text"
        )
    }

    @Test(arguments: [SecretFormat.dotenv, .shell])
    func `Two names that fall together are refused, both of them named`(
        _ format: SecretFormat
    ) throws {
        let secrets = ["app/db-url", "app/db_url", "app/DB/URL"].map {
            CarriedSecret(name: $0, value: .text("x"))
        }
        #expect(
            try format.refusal(of: secrets, prefix: "app/") == """
                app/db_url: it would be DB_URL, as app/db-url would
                app/DB/URL: it would be DB_URL, as app/db-url would
                """
        )
    }

    @Test func `A name that gives no variable is refused`() throws {
        let secrets = [
            CarriedSecret(name: "app/", value: .text("x")),
            CarriedSecret(name: "app/1st", value: .text("x")),
        ]
        #expect(
            try SecretFormat.dotenv.refusal(of: secrets, prefix: "app/") == """
                app/: nothing is left of its name without the prefix
                app/1st: 1ST is no name for a variable: it begins with a digit
                """
        )
    }

    @Test(arguments: [SecretFormat.kubernetes, .compose], ["a/b", "..", "..a", "a@b", "."])
    func `A name that is no key and no file is refused`(
        _ format: SecretFormat,
        _ name: String
    ) throws {
        let secret = CarriedSecret(name: name, value: .text("x"))
        #expect(try format.refusal(of: [secret]).hasPrefix("\(name): a key has letters"))
    }

    @Test(arguments: ["UID", "PPID", "RANDOM", "_"])
    func `A variable that shells keep for themselves is refused`(_ name: String) throws {
        let secret = CarriedSecret(name: "app/\(name)", value: .text("x"))
        #expect(
            try SecretFormat.shell.refusal(of: [secret], prefix: "app/")
                == "app/\(name): shells do not let \(name) be set, or set it themselves"
        )
    }

    @Test func `A Secret of Kubernetes holds one mebibyte`() throws {
        let secrets = (0..<17).map { index in
            CarriedSecret(name: "n\(index)", value: .text(String(repeating: "x", count: 65_536)))
        }
        #expect(try SecretFormat.kubernetes.refusal(of: secrets).contains("1114112 bytes"))
        _ = try SecretFormat.kubernetes.document(
            of: Array(secrets.prefix(16)),
            WritingSettings(prefix: "", dialect: .node)
        )
    }

    @Test func `Compose wants a file, since every value has one of its own`() throws {
        let secret = CarriedSecret(name: "a", value: .text("x"))
        #expect(
            try SecretFormat.compose.refusal(of: [secret], valueFolder: nil).contains("--output")
        )
    }

    @Test(arguments: ["e\u{301}", "\u{212B}", "\u{1112}\u{1161}\u{11AB}"])
    func `Terraform composes characters, so others are refused`(_ value: String) throws {
        let secret = CarriedSecret(name: "a", value: .text(value))
        #expect(try SecretFormat.terraform.refusal(of: [secret]).hasPrefix("a: it has characters"))
    }

    @Test func `No refusal and no remark holds a value`() throws {
        for format in SecretFormat.allCases {
            for dialect in DotenvDialect.allCases {
                let secrets = ["\0", "\r", "'\"`\n", "${B}", "e\u{301}"].enumerated().map {
                    CarriedSecret(name: "1a/\($0)", value: .text("hunter2\($1)"))
                }
                let settings = WritingSettings(prefix: "", dialect: dialect)
                do {
                    _ = try format.document(of: secrets, settings)
                } catch {
                    #expect(!"\(error)".contains("hunter2"))
                }
            }
        }
    }
}
