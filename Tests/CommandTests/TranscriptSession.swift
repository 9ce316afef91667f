import Foundation
import Testing

/// Types what a page says, step after step, into a shell, and looks at what is printed.
final class TranscriptSession {
    private let page: String
    private let folder = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
    private var environment: [String: String] = [:]
    /// What placeholders stood for last: a later command that names one gets it.
    private var values: [String: String] = [:]
    private var background: [Running] = []

    init(_ page: Transcript) throws {
        self.page = page.name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in page.files {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    deinit {
        background = []
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs a step and records an issue when something else was printed than the page has.
    func run(_ step: Transcript.Step) throws {
        let command = values.reduce(step.command) { $0.replacing($1.key, with: $1.value) }
        if step.isExport {
            let parts = command.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
            environment[String(parts[0])] = String(parts.last ?? "")
            return
        }
        let running = try Running(
            ["-c", Self.script(command, of: step)],
            program: "/bin/sh",
            environment: environment,
            directory: folder
        )
        var exitCode: Int32?
        if step.isInBackground {
            running.wait { Pattern(lines: step.output).match(Self.lines($0)) != nil }
            background.append(running)
        } else {
            if let count = step.interruption {
                let shown = Pattern(lines: Array(step.output[..<count]))
                running.wait { shown.match(Self.lines($0)) != nil }
                // What a server has to log it may still be looking for; some comes only at its end.
                let logged = Pattern(lines: step.error)
                running.wait(seconds: 5) { _ in logged.match(Self.lines(running.error())) != nil }
                running.signal(SIGINT)
            }
            exitCode = running.waitForExit(seconds: 30)
        }
        // What a server in the background logs is not looked at.
        let error = step.isInBackground ? [] : Self.lines(running.error())
        compare(step, Self.lines(running.output()), error, exitCode)
    }

    private static func script(_ command: String, of step: Transcript.Step) -> String {
        if step.isInBackground { return String(command.dropLast(2)) }
        // As a shell that somebody types into, it outlives what Ctrl-C ends and tells its exit code.
        return step.interruption == nil ? command : "trap : INT\n" + command
    }

    private func compare(
        _ step: Transcript.Step,
        _ output: [String],
        _ error: [String],
        _ exitCode: Int32?
    ) {
        let found = Pattern(lines: step.output).match(output)
        let foundInError = Pattern(lines: step.error).match(error)
        values.merge(found ?? [:]) { $1 }
        values.merge(foundInError ?? [:]) { $1 }
        guard found == nil || foundInError == nil || exitCode != step.exitCode else { return }
        let expected = Self.shown(step.output, step.error, step.exitCode)
        let printed = Self.shown(output, error, exitCode)
        Issue.record("\(page):\(step.line): $ \(step.command)\n\(Self.columns(expected, printed))")
    }

    /// The lines of a text; one that ends within a line shows it.
    private static func lines(_ text: String) -> [String] {
        let lines = text.components(separatedBy: "\n")
        return lines.last == "" ? lines.dropLast() : lines + ["(no line feed at the end)"]
    }

    private static func shown(
        _ output: [String],
        _ error: [String],
        _ exitCode: Int32?
    ) -> [String] {
        output + error.map { $0.isEmpty ? "!" : "! " + $0 } + (exitCode.map { ["[\($0)]"] } ?? [])
    }

    /// Two texts side by side, with a mark at each line that is not the same.
    private static func columns(_ expected: [String], _ printed: [String]) -> String {
        let width = expected.map(\.count).max() ?? 0
        return (0..<max(expected.count, printed.count)).map { index in
            let left = index < expected.count ? expected[index] : ""
            let right = index < printed.count ? printed[index] : ""
            let isSame = Pattern(lines: [left]).match([right]) != nil
            let padding = String(repeating: " ", count: width - left.count)
            return "\(isSame ? " " : "≠") \(left)\(padding) | \(right)"
        }.joined(separator: "\n")
    }
}
