import Notation

/// Secrets as the exported variables of a POSIX shell.
enum ShellFormat {
    static func document(
        of secrets: [CarriedSecret],
        _ settings: WritingSettings
    ) throws(FormatError) -> WrittenDocument {
        let names = try Labels.of(secrets, .variables, without: settings.prefix)
        let lines = try secrets.pieces { index, secret throws(FormatRefusal) in
            guard case .text(let value) = secret.value else { throw .binary }
            let name = names[index]
            if keptByShells.contains(name) {
                throw FormatRefusal("shells do not let \(name) be set, or set it themselves")
            }
            if value.utf8.contains(0) {
                throw FormatRefusal("it holds a NUL, which no variable can")
            }
            return "export \(name)=\(quoted(value))\n"
        }
        return WrittenDocument(text: lines.joined())
    }

    /// A word of a POSIX shell that is exactly this text.
    static func quoted(_ text: String) -> String {
        if PlainText.isPlain(text.utf8) { return text }
        var word = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { word += "'\\''" } else { word.unicodeScalars.append(scalar) }
        }
        return word + "'"
    }

    /// What bash does not let be assigned, and what it changes by itself.
    private static let keptByShells: Set<String> = [
        "BASHOPTS", "BASHPID", "BASH_ARGC", "BASH_ARGV", "BASH_COMMAND", "BASH_LINENO",
        "BASH_SOURCE", "BASH_SUBSHELL", "BASH_VERSINFO", "COMP_WORDBREAKS", "DIRSTACK",
        "EPOCHREALTIME", "EPOCHSECONDS", "EUID", "FUNCNAME", "GROUPS", "HISTCMD", "LINENO",
        "PPID", "RANDOM", "SECONDS", "SHELLOPTS", "SRANDOM", "UID", "_",
    ]

    static func read(_ bytes: [UInt8]) throws(FormatError) -> CarriedDocument {
        var file = DotenvFile()
        for command in try ShellReader.commands(in: bytes) { try read(command, into: &file) }
        file.keepLastOfEachName()
        return CarriedDocument(
            secrets: file.variables.map { CarriedSecret(name: $0.name, value: .text($0.value)) },
            remarks: file.remarks
        )
    }

    /// Whether a text is a shell's and sets variables for other programs, and nothing else.
    static func isExports(_ bytes: [UInt8]) -> Bool {
        guard let commands = try? ShellReader.commands(in: bytes), !commands.isEmpty else {
            return false
        }
        return commands.allSatisfy { isExport($0) && $0.words.count > 1 }
    }

    private static func read(
        _ command: ScriptCommand,
        into file: inout DotenvFile
    ) throws(FormatError) {
        let isExport = isExport(command)
        let words = isExport ? command.words.dropFirst().filter { $0.text != "-x" } : command.words
        let assignments = words.map { $0.assignment }
        guard isExport || assignments.allSatisfy({ $0 != nil }) else {
            if command.words.first?.text != "set" {
                file.remark("passed over: it sets no variable", line: command.line)
            }
            return
        }
        for (word, assignment) in zip(words, assignments) {
            guard let assignment else { continue }
            if word.isExpanded {
                throw FormatError(
                    .line(word.line),
                    "a shell would work out the value of \(assignment.name); put it in single "
                        + "quotes, or read the file with --format dotenv"
                )
            }
            file.set(assignment.name, to: assignment.value, line: word.line)
        }
    }

    private static func isExport(_ command: ScriptCommand) -> Bool {
        switch command.words.first?.text {
        case "export": true
        case "declare", "typeset": command.words.dropFirst().first?.text == "-x"
        default: false
        }
    }
}
