internal import ArgumentParser

/// What is said of arguments and variables that are nearly right.
enum Mistake {
    /// A command that is none; nil when the first argument names one, or is an option.
    ///
    /// `serve`, which is meant when no command is named, takes options only.
    static func ofCommand(_ arguments: [String]) -> String? {
        guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
        let names = commands.map(\.name) + ["help"]
        guard !names.contains(word) else { return nil }
        let guess = Similarity.nearest(to: word, in: names).map { "; did you mean \($0)?" }
        return "there is no command '\(word)'\(guess ?? "; pocketvault --help lists them")"
    }

    /// Which commands have an option that the command has not that it was given to; nil when none has.
    ///
    /// - Parameter message: the parser's own.
    /// - Returns: a sentence.
    static func ofOption(_ message: String) -> String? {
        let mark = "Unknown option '"
        guard let start = message.firstRange(of: mark) else { return nil }
        let option = message[start.upperBound...].prefix { $0 != "'" && $0 != "=" }
        guard option.hasPrefix("--") else { return nil }
        let owners = commands.filter { command in
            options(of: command.type).contains(String(option.dropFirst(2)))
        }.map(\.name)
        guard !owners.isEmpty else { return nil }
        let list = owners.count > 4 ? owners.prefix(4) + ["others"] : owners[...]
        return "\(option) is an option of \(list.joined(separator: ", "))."
    }

    /// Variables of ours that nothing reads, each with the one that may have been meant.
    ///
    /// - Parameter variables: the whole environment.
    /// - Returns: a sentence for each.
    static func ofVariables(_ variables: [String: String]) -> [String] {
        let ours = variables.keys.filter { name in
            name.hasPrefix("POCKETVAULT_") && !isOfKubernetes(name)
        }
        guard !ours.isEmpty else { return [] }
        let known = options(of: Serve.self).map(Environment.variableName(ofOption:)) + others
        return ours.filter { !known.contains($0) }.sorted().map { name in
            let guess = Similarity.nearest(to: name, in: known).map { "; did you mean \($0)?" }
            return "nothing reads \(name)\(guess ?? "; pocketvault serve --help lists the options")"
        }
    }

    /// Those that stand for no option of `serve`.
    private static let others = [
        "POCKETVAULT_MASTER_KEY", "POCKETVAULT_PASSPHRASE", "POCKETVAULT_BINARY",
        "POCKETVAULT_ENDPOINT", "POCKETVAULT_SEED_JSON",
    ]

    /// Kubernetes and Docker set these in containers beside a service that is called pocketvault.
    private static func isOfKubernetes(_ name: String) -> Bool {
        name.hasPrefix("POCKETVAULT_SERVICE_") || name.hasPrefix("POCKETVAULT_PORT_")
    }

    private static var commands: [(name: String, type: any ParsableCommand.Type)] {
        Pocketvault.configuration.subcommands.map { type in
            (type.configuration.commandName ?? "\(type)".lowercased(), type)
        }
    }

    /// The long options of a command, as its help has them.
    private static func options(of command: any ParsableCommand.Type) -> [String] {
        let help = command.helpMessage(includeHidden: true, columns: 1_000)
        let own = help.split(separator: "\n").filter { $0.hasPrefix("  -") }.flatMap { line in
            line.split { ", /".contains($0) }.prefix(2).filter { $0.hasPrefix("--") }
        }.map { String($0.dropFirst(2)) }
        return own + command.configuration.subcommands.flatMap(options)
    }
}
