import Foundation
import Testing

/// A page of the manual: what is typed, what is printed, and how it ends.
///
/// The blocks of a page that are fenced as `console` are one session, in one folder, from the top
/// of the page to its end. README.md beside the pages has the grammar.
struct Transcript: Sendable {
    let name: String
    private(set) var steps: [Step] = []
    /// The files that the page shows, by their names.
    private(set) var files: [String: String] = [:]

    /// A command, and what is to be seen of it.
    struct Step: Sendable {
        let line: Int
        var command: String
        var output: [String] = []
        var error: [String] = []
        /// How many lines of output come before Ctrl-C is typed; nil when it is not.
        var interruption: Int?
        /// Nil where a command goes on in the background.
        var exitCode: Int32?

        /// Whether it sets a variable for the rest of the page.
        var isExport: Bool { command.hasPrefix("export ") }

        var isInBackground: Bool { command.hasSuffix(" &") }
    }

    /// Why a page cannot be read.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    init(name: String, text: String) throws {
        self.name = name
        /// Of the block that a line is in.
        var words: [Substring] = []
        var isOpen = false
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            func fault(_ reason: String) -> Fault {
                Fault(description: "\(name):\(index + 1): \(reason)")
            }
            let canEnd = !isOpen || steps.last?.isInBackground == true
            if line.hasPrefix("```") {
                guard canEnd else { throw fault("the command above has no exit code") }
                words = line.dropFirst(3).split(separator: " ")
                isOpen = false
            } else if words.count == 2 {
                files[String(words[1]), default: ""] += line + "\n"
            } else if words != ["console"] {
                continue
            } else if isOpen, steps[steps.count - 1].command.hasSuffix("\\") {
                steps[steps.count - 1].command += "\n" + line
            } else if line.hasPrefix("$ ") {
                guard canEnd else { throw fault("the command above has no exit code") }
                steps.append(Step(line: index + 1, command: String(line.dropFirst(2))))
                isOpen = true
            } else if isOpen {
                steps[steps.count - 1].take(line)
            } else if !line.isEmpty {
                throw fault("this belongs to no command")
            }
            isOpen = isOpen && steps.last?.isComplete == false
        }
    }
}

extension Transcript.Step {
    /// Whether nothing more can follow; what a command in the background prints ends with the next.
    fileprivate var isComplete: Bool { isExport || exitCode != nil }

    /// Takes in a line below the command.
    fileprivate mutating func take(_ line: String) {
        if line == "^C" {
            interruption = output.count
        } else if line == "!" || line.hasPrefix("! ") {
            error.append(String(line.dropFirst(2)))
        } else if line.hasPrefix("["), line.hasSuffix("]"),
            let code = Int32(line.dropFirst().dropLast())
        {
            exitCode = code
        } else {
            output.append(line)
        }
    }
}

extension Transcript {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Transcripts")

    /// The names of all pages.
    static let pages: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".md") && $0 != "README.md" }
            .map { String($0.dropLast(3)) }.sorted()
    }()

    /// The page that the environment names, as in `TRANSCRIPT=audit`, or all of them.
    static let chosenPages: [String] =
        ProcessInfo.processInfo.environment["TRANSCRIPT"].map { [$0] } ?? pages

    init(page: String) throws {
        let file = Transcript.folder.appendingPathComponent(page + ".md")
        let text = try String(contentsOf: file, encoding: .utf8)
        try self.init(name: "\(page).md", text: text)
    }
}
