internal import Cryptography
internal import Notation
internal import System

/// What programs must send to the agent, so that nobody can make them ask in his stead.
package struct AgentToken: Sendable, Equatable {
    package let text: String
    /// The file that was made for it; nil when somebody else gave it, or it is kept nowhere.
    package let file: String?
    /// Whether it was made for this run alone, so that only the server can tell it.
    package let isTransient: Bool

    /// The variables that may hold it, or `file://` and the path of a file that does.
    static let variables = ["AWS_TOKEN", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN"]

    init(_ text: String, file: String? = nil, isTransient: Bool = false) {
        self.text = text
        self.file = file
        self.isTransient = isTransient
    }

    /// The token that there is; nil when one is still to be made.
    ///
    /// - Parameters:
    ///   - file: a file that somebody named.
    ///   - environment: where the variables are looked up.
    ///   - database: of the vault, beside which a token of ours is kept.
    /// - Returns: the first that is there.
    /// - Throws: one line about a file that cannot be read.
    package static func known(
        file: String?,
        environment: [String: String],
        database: String
    ) throws(StartError) -> AgentToken? {
        if let file { return AgentToken(try contents(of: file)) }
        for name in variables {
            guard let value = environment[name], !value.isEmpty else { continue }
            guard value.hasPrefix("file://") else { return AgentToken(value) }
            return AgentToken(try contents(of: String(value.dropFirst("file://".count))))
        }
        guard let own = ownFile(beside: database), Files.exists(own)
        else { return nil }
        return AgentToken(try contents(of: own), file: own)
    }

    /// The token of a server: what there is, else a new one.
    ///
    /// - Parameters:
    ///   - configuration: of the server, whose vault is open.
    ///   - environment: of the machine.
    /// - Returns: the token.
    /// - Throws: one line that says what is in the way.
    static func ready(
        for configuration: Configuration,
        _ environment: [String: String]
    ) throws(StartError) -> AgentToken {
        let known = try known(
            file: configuration.agentTokenFile,
            environment: environment,
            database: configuration.database
        )
        if let known { return known }
        let text: String
        do throws(CryptographyError) {
            text = Base64.urlText(try SecureRandom.bytes(32))
        } catch {
            throw StartError(description: "no token for the agent could be made: \(error)")
        }
        guard let file = ownFile(beside: configuration.database) else {
            return AgentToken(text, isTransient: true)
        }
        try write(text, to: file)
        return AgentToken(text, file: file)
    }

    /// Nil for a vault in memory, which has no place of its own.
    private static func ownFile(beside database: String) -> String? {
        database == ":memory:" ? nil : Configuration.file("agent-token", beside: database)
    }

    private static func contents(of path: String) throws(StartError) -> String {
        guard let bytes = Files.contents(of: path) else {
            throw StartError(description: "the agent's token cannot be read from \(path)")
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw StartError(
                description: "\(path) holds no token for the agent: it is one line of ASCII"
            )
        }
        return text
    }

    /// Writes a file that its owner alone reads; one that came to be meanwhile stays.
    private static func write(_ text: String, to path: String) throws(StartError) {
        do throws(StartError) {
            try WholeFile.make(path, Array((text + "\n").utf8), mode: 0o600)
        } catch {
            throw StartError(description: "the agent's token: \(error.description)")
        }
    }
}

extension String {
    /// Without white space at either end, as an editor leaves it behind a token.
    fileprivate var trimmed: String {
        let isWhite: (Character) -> Bool = { $0.isWhitespace }
        return String(drop(while: isWhite).reversed().drop(while: isWhite).reversed())
    }
}
