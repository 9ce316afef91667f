internal import ArgumentParser
internal import Logging
internal import Notation
internal import PocketvaultServer

/// The options of `serve`: option over environment over default.
struct ServeOptions: ParsableArguments {
    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on; 0 for any free one. (default: 4566)")
    var port: String?

    @Option(help: "The vault's file, or :memory:. (default: .pocketvault/vault.db)")
    var database: String?

    @Option(
        name: .customLong("seed"),
        help: ArgumentHelp(
            """
            A seed document, a directory of them, or - for standard input; may be repeated. One \
            more may be in POCKETVAULT_SEED_JSON.
            """,
            valueName: "path"
        )
    )
    var seeds: [String] = []

    @Flag(help: "Apply seed files again when they change, as pocketvault seed apply does.")
    var watchSeeds = false

    @Option(
        help: ArgumentHelp(
            "A file that has the vault's shape, as a seed without values, after each change.",
            valueName: "path"
        )
    )
    var export: String?

    @Option(help: "The account of credentials that name none. (default: 000000000000)")
    var account: String?

    @Option(help: "The region of requests that name none. (default: us-east-1)")
    var region: String?

    @Option(help: "The file of the master key. (default: vault.key beside the vault)")
    var masterKeyFile: String?

    @Flag(
        help:
            "Take a vault whose rows something else has changed as it is, and say so in the trail."
    )
    var acceptChangedRows = false

    @Option(
        name: .customLong("allowed-host"),
        help: ArgumentHelp(
            """
            A host name besides localhost under which requests may come: a name, a name with a \
            port, or *. and a name for all names below it; may be repeated.
            """,
            valueName: "name"
        )
    )
    var allowedHosts: [String] = []

    @OptionGroup var tls: TLSOptions

    @Option(
        name: .customLong("rotation-function"),
        help: ArgumentHelp(
            """
            Where the rotation function of an ARN is: a URL with the Lambda contract, the path of \
            an executable, builtin:random-password, builtin:postgresql-single-user or \
            builtin:postgresql-alternating-users. The ARN may hold *, and {function} in a \
            URL stands for the function's name; may be repeated.
            """,
            valueName: "arn=target"
        )
    )
    var rotationFunctions: [String] = []

    @Option(help: "After how many seconds a rotation function has failed. (default: 60)")
    var rotationTimeout: String?

    @Option(
        help: ArgumentHelp(
            "Where changes, rotations and deletions are posted as EventBridge has them.",
            valueName: "url"
        )
    )
    var eventsURL: String?

    @Option(
        help: ArgumentHelp(
            "Whether requests must be signed: ignore, or verify. (default: ignore)",
            valueName: "mode"
        )
    )
    var signatures: String?

    @Option(
        help: ArgumentHelp(
            """
            Whether policies are evaluated: off, report (calls pass, and the audit trail says \
            what would have been refused) or enforce. (default: off)
            """,
            valueName: "mode"
        )
    )
    var iam: String?

    @Option(
        help: ArgumentHelp(
            """
            What policies are told of aws:SecureTransport: assumed (it is true, as on AWS) or \
            wire (what the connection is). (default: assumed)
            """,
            valueName: "mode"
        )
    )
    var secureTransport: String?

    @Option(
        help: ArgumentHelp(
            """
            A JWKS: only tokens of identity providers that one of its keys has signed (RS256, \
            ES256) may assume roles. (default: any well-formed token)
            """,
            valueName: "file"
        )
    )
    var webIdentityKeys: String?

    @Option(
        help: ArgumentHelp(
            """
            An access key of the account's root, where signatures are verified; better in \
            POCKETVAULT_ROOT_CREDENTIALS, where other users of the machine do not see it.
            """,
            valueName: "key-id:secret"
        )
    )
    var rootCredentials: String?

    @Option(
        help: """
            Also serve what AWS's agent and the Lambda extension serve, on this port (theirs is \
            2773); 0 for any free one. (default: no)
            """
    )
    var agentPort: String?

    @Option(
        help: """
            The file of the token that the agent's endpoint asks for. (default: AWS_TOKEN, \
            AWS_SESSION_TOKEN, AWS_CONTAINER_AUTHORIZATION_TOKEN, or agent-token beside the \
            vault, made when it is missing)
            """
    )
    var agentTokenFile: String?

    @Option(
        help: "The role that the agent's endpoint reads as. (default: the account's root)"
    )
    var agentRole: String?

    @Flag(
        inversion: .prefixedNo,
        exclusivity: .exclusive,
        help: """
            Whether to serve the console, a page that shows the vault, at /console. (default: where \
            only this machine reaches it)
            """
    )
    var console: Bool?

    @Option(
        help: "A folder to serve the console's files from, while you work on them."
    )
    var consoleDir: String?

    @Option(
        help: ArgumentHelp(
            """
            Whether more calls in a second than AWS takes are throttled: ignore or enforce. (default: \
            ignore)
            """,
            valueName: "mode"
        )
    )
    var quotas: String?

    @Option(
        help: ArgumentHelp(
            """
            After how long without a call an account is dropped that a test made for itself, as 90s, \
            30m, 1h or 2d. (default: 1h)
            """,
            valueName: "time"
        )
    )
    var accountLifetime: String?

    @Option(help: "How many records the audit trail keeps. (default: 100000)")
    var auditRecords: String?

    @Option(help: "For how many days the audit trail keeps records. (default: while there is room)")
    var auditDays: String?

    @Option(help: "How log lines look: text or json. (default: text)")
    var logFormat: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical. (default: info)")
    var logLevel: String?

    func validate() throws {
        _ = try configuration(Environment())
    }
}
