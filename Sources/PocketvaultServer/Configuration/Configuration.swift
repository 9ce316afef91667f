package import Logging

/// What a server is told when it starts.
package struct Configuration: Sendable {
    /// The address to listen on.
    package var host = "127.0.0.1"
    /// 0 for any free port.
    package var port: UInt16 = 4566
    /// The path of the vault's file, or `:memory:`.
    package var database = ".pocketvault/vault.db"
    /// Files and directories of seed documents.
    package var seeds: [String] = []
    /// One more seed document, for where no file can be put; it is applied after the others.
    package var seedJSON: String?
    /// Whether seed files are applied again when they change.
    package var watchesSeeds = false
    /// The file that has the vault's shape after each change; nil for none.
    package var exportPath: String?
    /// Whether the vault begins as the one of the demo, whose seed is in the binary.
    package var isDemo = false
    /// The account of callers whose credentials name none.
    package var account = "000000000000"
    /// The region of callers whose credentials name none.
    package var region = "us-east-1"
    /// Nil for `vault.key` beside the database.
    package var masterKeyFile: String?
    /// Base64 of 32 bytes.
    package var masterKey: String?
    /// What the master key is derived from instead.
    package var passphrase: String?
    /// Whether a vault whose rows were changed by something else is taken as it is.
    package var acceptsChangedRows = false
    /// Who vouches for the server; nil when it speaks no TLS.
    package var tls: TLSMode?
    /// Names besides `localhost` and addresses that requests may have in `Host`.
    package var allowedHosts: [String] = []
    /// Where rotation functions are; the first whose pattern fits an ARN is the one.
    package var rotationFunctions: [RotationFunction] = []
    /// A rotation function that takes longer has failed.
    package var rotationTimeoutSeconds = 60
    /// Where events go as they happen; nil for nowhere.
    package var eventsURL: String?
    /// Whether requests must be signed.
    package var signatures = SignatureMode.ignore
    /// Whether callers need permission.
    package var policies = PolicyMode.off
    /// What policies are told of the connection.
    package var secureTransport = SecureTransport.assumed
    /// The file of the keys by which tokens of identity providers are verified; nil when any
    /// well-formed token will do.
    package var webIdentityKeys: String?
    /// A key of the root of `account` besides those in the vault.
    package var rootCredentials: RootCredentials?
    /// The port of the agent's endpoint, 0 for any free one; nil when there is to be none.
    package var agentPort: UInt16?
    /// The file of the token that the agent asks for; nil for the usual places.
    package var agentTokenFile: String?
    /// The role that the agent calls as; nil for the root of `account`.
    package var agentRole: String?
    /// Whether the console is served; nil for where only this machine reaches it.
    package var console: Bool?
    /// A folder that the console's files are read from, while somebody works on them.
    package var consoleFolder: String?
    /// Whether more calls in a second than AWS takes are refused.
    package var enforcesQuotas = false
    /// After so long without a call an account is dropped that was made for a test.
    package var accountLifetimeMilliseconds: Int64 = 3_600_000
    /// How many records the audit trail keeps; nil for 100,000.
    package var auditRecords: Int?
    /// For how many days the audit trail keeps records; nil for as long as there is room.
    package var auditDays: Int64?
    /// How log lines look.
    package var logFormat = LogFormat.text
    /// What is less than this is not logged; requests are `info`.
    package var logLevel = Logger.Level.info

    /// The defaults.
    package init() {}

    /// Where a server is that was told nothing.
    package static let defaultAuthority = "127.0.0.1:4566"

    /// Whether the vault is gone with the process.
    package var isInMemory: Bool { database == ":memory:" }
}
