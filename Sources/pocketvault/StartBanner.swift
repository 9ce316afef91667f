internal import Notation
internal import PocketvaultServer

/// What a person sees on a terminal when a server is ready: what to paste, and what it serves.
struct StartBanner {
    private let configuration: Configuration
    private let server: Server
    private let environment: Environment

    init(_ configuration: Configuration, _ server: Server, _ environment: Environment) {
        self.configuration = configuration
        self.server = server
        self.environment = environment
    }

    /// Eight lines at most, the first one empty.
    var text: String {
        let rows = [
            ("use it", paste), ("console", server.console), ("vault", vault),
            ("account", "\(configuration.account), region \(configuration.region)"),
            ("on", modes),
        ]
        let lines = rows.compactMap { name, value in value.map { ["  \(name)", $0] } }
        return
            (["", TextColumns.lines(lines).joined(separator: "\n")]
            + ["For development and tests, not for production. Ctrl-C stops it."])
            .joined(separator: "\n")
    }

    /// The line for a shell, by the path by which this program was called.
    private var paste: String {
        let program = CommandLine.arguments.first ?? "pocketvault"
        var command = "\(EnvironmentFormat.shellQuoted(program)) env"
        if !server.endpoint.hasSuffix(Configuration.defaultAuthority) {
            command += " --endpoint \(server.endpoint)"
        }
        return environment.variable("SHELL")?.hasSuffix("/fish") == true
            ? "\(command) --shell fish | source" : "eval \"$(\(command))\""
    }

    private var vault: String {
        let place =
            configuration.isInMemory
            ? "in memory, gone when this ends" : "\(configuration.database), encrypted"
        guard let count = server.secretCount else { return place }
        return "\(place); \(count) secret\(count == 1 ? "" : "s")"
    }

    /// What is not as it is by default; nil when all is.
    private var modes: String? {
        var modes: [String] = []
        if configuration.tls != nil { modes.append("https beside http") }
        if configuration.signatures == .verify { modes.append("signatures verified") }
        switch configuration.policies {
        case .off: break
        case .report: modes.append("policies reported")
        case .enforce: modes.append("policies enforced")
        }
        let functions = configuration.rotationFunctions.count
        if functions > 0 {
            modes.append("\(functions) rotation function\(functions == 1 ? "" : "s")")
        }
        if let agent = server.agent { modes.append("agent at \(agent.endpoint)") }
        return modes.isEmpty ? nil : modes.joined(separator: ", ")
    }
}
