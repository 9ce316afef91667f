import Foundation
import Testing

/// The pages are the whole manual: what `--help` lists is on one of them.
@Suite struct ManualTests {
    /// A command as ArgumentParser describes it to programs.
    private struct Command: Decodable {
        let commandName: String
        let arguments: [Argument]?
        let subcommands: [Command]?

        struct Argument: Decodable {
            let kind: String
            let names: [Name]?
            let shouldDisplay: Bool
        }

        struct Name: Decodable {
            let kind: String
            let name: String
        }

        /// With those below it, each as the words that one types.
        func all(after words: [String] = []) -> [(words: [String], command: Command)] {
            let own = words + [commandName]
            return [(own, self)] + (subcommands ?? []).flatMap { $0.all(after: own) }
        }

        var options: [String] {
            (arguments ?? []).filter(\.shouldDisplay).flatMap { $0.names ?? [] }
                .filter { $0.kind == "long" }.map { "--" + $0.name }
        }
    }

    private struct Description: Decodable {
        let command: Command
    }

    private static func commands() throws -> [(words: [String], command: Command)] {
        let printed = try Binary.run(["--experimental-dump-help"]).output
        let description = try JSONDecoder().decode(Description.self, from: Data(printed.utf8))
        return description.command.all().filter { $0.words != ["pocketvault", "help"] }
    }

    private static func steps() throws -> [Transcript.Step] {
        try Transcript.pages.flatMap { try Transcript(page: $0).steps }
    }

    @Test func `Every command's help is on a page, word for word`() throws {
        let commands = try Self.commands()
        try #require(commands.count > 15)
        let steps = try Self.steps()
        for (words, command) in commands {
            let call = words.joined(separator: " ") + " --help"
            let step = steps.first { $0.command == call }
            #expect(step != nil, "no page has: $ \(call)")
            for option in command.options {
                let isShown = step?.output.contains { $0.contains(option) } ?? true
                #expect(isShown, "\(call) shows no \(option)")
            }
        }
    }

    @Test func `Every option is used on a page, with the command that it belongs to`() throws {
        let typed = try Self.steps().map { step in
            step.command.split { " \n'\"=".contains($0) }.map(String.init)
        }
        for (words, command) in try Self.commands() {
            for option in command.options where option != "--help" && option != "--version" {
                let isUsed = typed.contains { line in
                    words.prefix(2).allSatisfy(line.contains) && line.contains(option)
                }
                let call = words.prefix(2).joined(separator: " ")
                #expect(isUsed, "no page has a command \(call) … \(option)")
            }
        }
    }

    @Test(arguments: [0, 1, 64, 130] as [Int32])
    func `Every exit code is on a page`(code: Int32) throws {
        #expect(try Self.steps().contains { $0.exitCode == code })
    }
}
