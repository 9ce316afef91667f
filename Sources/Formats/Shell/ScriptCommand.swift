/// A simple command of a shell: its words, taken apart as the shell does, nothing run or replaced.
struct ScriptCommand {
    var words: [ShellWord] = []
    /// The line that it begins in, from 1.
    var line: Int
    /// Whether its input is the output of the command before it.
    var isPipedInto = false
    /// The file that its output goes to.
    var output: ShellWord?
}

/// A word of a command, without its quotes.
struct ShellWord {
    var bytes: [UInt8] = []
    /// The line that it begins in, from 1.
    var line: Int
    /// Whether the shell would put something else in place of a part of it.
    var isExpanded = false
    /// How many bytes there are before the first that was quoted.
    var bareCount = 0

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The variable and value, when the word is an assignment.
    var assignment: (name: String, value: String)? {
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals < bareCount else {
            return nil
        }
        let name = String(decoding: bytes[..<equals], as: UTF8.self)
        guard VariableName.isValid(name) else { return nil }
        return (name, String(decoding: bytes[(equals + 1)...], as: UTF8.self))
    }
}
