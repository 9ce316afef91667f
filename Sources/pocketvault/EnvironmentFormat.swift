internal import ArgumentParser
internal import JSON
internal import Notation

/// How variables are printed: the lines of a shell, or a file.
enum EnvironmentFormat: String, CaseIterable, ExpressibleByArgument {
    case sh
    case fish
    case powershell
    case dotenv
    case json

    /// The text that sets variables and removes others.
    ///
    /// - Parameters:
    ///   - variables: to set, in this order.
    ///   - unset: to remove; a dotenv file has no word for that.
    /// - Returns: the lines, without a line feed at the end.
    func text(_ variables: [(name: String, value: String)], unset: [String]) -> String {
        switch self {
        case .sh:
            let lines = variables.map { "export \($0)=\(EnvironmentFormat.shellQuoted($1));" }
            return (lines + ["unset \(unset.joined(separator: " "));"]).joined(separator: "\n")
        case .fish:
            let lines = variables.map { "set -gx \($0) \(EnvironmentFormat.fishQuoted($1));" }
            return (lines + unset.map { "set -e \($0);" }).joined(separator: "\n")
        case .powershell:
            let lines = variables.map { "$env:\($0) = \(EnvironmentFormat.powerShellQuoted($1))" }
            let removals = unset.map { "Remove-Item Env:\($0) -ErrorAction SilentlyContinue" }
            return (lines + removals).joined(separator: "\n")
        case .dotenv:
            return variables.map { "\($0)=\($1)" }.joined(separator: "\n")
        case .json:
            let members = variables.map { (name: $0.name, value: JSONValue.string($0.value)) }
            let removals = unset.map { (name: $0, value: JSONValue.null) }
            return JSONValue.object(JSONObject(members + removals)).jsonText()
        }
    }

    /// Quoted for a POSIX shell where it needs to be.
    static func shellQuoted(_ text: String) -> String {
        isPlain(text) ? text : "'" + replacing("'", by: #"'\''"#, in: text) + "'"
    }

    private static func fishQuoted(_ text: String) -> String {
        guard !isPlain(text) || text.isEmpty else { return text }
        let escaped = replacing("'", by: #"\'"#, in: replacing(#"\"#, by: #"\\"#, in: text))
        return "'" + escaped + "'"
    }

    private static func powerShellQuoted(_ text: String) -> String {
        "'" + replacing("'", by: "''", in: text) + "'"
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "-./:_".utf8.contains($0) }
    }

    private static func replacing(
        _ mark: Character,
        by other: String,
        in text: String
    ) -> String {
        text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: other)
    }
}
