/// Whose rules an env file follows: each of these programs reads the same lines differently.
///
/// None of them is interpolated: `$` and what follows it stays as it is.
package enum DotenvDialect: String, CaseIterable, Sendable {
    /// `docker run --env-file`.
    case docker
    /// `node --env-file` and `process.loadEnvFile`, as of Node.js 24.
    case node
    /// python-dotenv 1.2.
    case python
    /// `EnvironmentFile=` of systemd 254.
    case systemd

    /// The variables that the program would set.
    ///
    /// - Throws: for what the program refuses to read, and for what no environment can hold.
    package func read(_ bytes: [UInt8]) throws(FormatError) -> DotenvFile {
        let text = try FileText.of(bytes)
        if let place = bytes.firstIndex(of: 0) {
            throw FormatError(
                .line(FileText.line(of: place, in: bytes)),
                "it holds a NUL, which no variable can"
            )
        }
        var file =
            switch self {
            case .docker: try DockerDialect.read(text)
            case .node: NodeDialect.read(text)
            case .python: PythonDialect.read(text)
            case .systemd: try SystemdDialect.read(text)
            }
        file.keepLastOfEachName()
        return file
    }

    /// The line, or lines, that the program reads as this variable, without a line feed at the end.
    ///
    /// - Throws: why there is no such line, as half a sentence.
    func line(setting name: String, to value: String) throws(FormatRefusal) -> String {
        if value.utf8.contains(0) { throw FormatRefusal("it holds a NUL, which no variable can") }
        switch self {
        case .docker: return try DockerDialect.line(setting: name, to: value)
        case .node: return try NodeDialect.line(setting: name, to: value)
        case .python: return try PythonDialect.line(setting: name, to: value)
        case .systemd: return try SystemdDialect.line(setting: name, to: value)
        }
    }
}
