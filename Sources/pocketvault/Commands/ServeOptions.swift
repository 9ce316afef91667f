internal import ArgumentParser
internal import Logging
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
            "A seed document, or a directory of them; may be repeated.",
            valueName: "path"
        )
    )
    var seeds: [String] = []

    @Option(help: "The account of credentials that name none. (default: 000000000000)")
    var account: String?

    @Option(help: "The region of requests that name none. (default: us-east-1)")
    var region: String?

    @Option(help: "The file of the master key. (default: vault.key beside the vault)")
    var masterKeyFile: String?

    @Option(
        name: .customLong("allowed-host"),
        help: ArgumentHelp(
            "A host name besides localhost under which requests may come; may be repeated.",
            valueName: "name"
        )
    )
    var allowedHosts: [String] = []

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
            An access key of the account's root, where signatures are verified; better in \
            POCKETVAULT_ROOT_CREDENTIALS, where other users of the machine do not see it.
            """,
            valueName: "key-id:secret"
        )
    )
    var rootCredentials: String?

    @Option(help: "How log lines look: text or json. (default: text)")
    var logFormat: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical. (default: info)")
    var logLevel: String?

    func validate() throws {
        _ = try configuration(Environment())
    }

    /// The whole configuration, checked.
    func configuration(_ environment: Environment) throws -> Configuration {
        var configuration = Configuration()
        func setting(_ given: String?, _ name: String) throws -> String? {
            guard given != "" else { throw ValidationError("--\(name) must not be empty.") }
            return given ?? environment.option(name)
        }
        if let host = try setting(host, "host") { configuration.host = host }
        if let text = try setting(port, "port") {
            guard let port = UInt16(text) else {
                throw ValidationError("The port '\(text)' is not a number from 0 to 65535.")
            }
            configuration.port = port
        }
        if let path = try setting(database, "database") { configuration.database = path }
        configuration.seeds = seeds.isEmpty ? environment.list("seed") : seeds
        if let account = try setting(account, "account") {
            guard AccountID.isValid(account) else {
                throw ValidationError("The account '\(account)' is not twelve digits.")
            }
            configuration.account = account
        }
        if let region = try setting(region, "region") {
            guard RegionName.isValid(region) else {
                throw ValidationError("The region '\(region)' is not a region's name.")
            }
            configuration.region = region
        }
        configuration.masterKeyFile = try setting(masterKeyFile, "master-key-file")
        configuration.masterKey = environment.option("master-key")
        configuration.passphrase = environment.option("passphrase")
        configuration.allowedHosts =
            allowedHosts.isEmpty ? environment.list("allowed-host") : allowedHosts
        if let text = try setting(rotationTimeout, "rotation-timeout") {
            configuration.rotationTimeoutSeconds = try ServeOptions.seconds(text)
        }
        configuration.rotationFunctions = try ServeOptions.functions(
            rotationFunctions.isEmpty
                ? environment.list("rotation-function") : rotationFunctions
        )
        configuration.eventsURL = try setting(eventsURL, "events-url").map(ServeOptions.url)
        if let text = try setting(signatures, "signatures") {
            guard let mode = SignatureMode(rawValue: text) else {
                throw ValidationError("The signatures '\(text)' are neither ignore nor verify.")
            }
            configuration.signatures = mode
        }
        if let text = try setting(rootCredentials, "root-credentials") {
            guard let credentials = RootCredentials(text) else {
                // Not the text itself: part of it may be a secret.
                throw ValidationError(
                    """
                    The root credentials are not as KEYID:SECRET, with 16 to 128 letters, digits or \
                    _ before the colon and at least 8 characters after it.
                    """
                )
            }
            configuration.rootCredentials = credentials
        }
        if let text = try setting(logFormat, "log-format") {
            guard let format = LogFormat(rawValue: text) else {
                throw ValidationError("The log format '\(text)' is neither text nor json.")
            }
            configuration.logFormat = format
        }
        if let text = try setting(logLevel, "log-level") {
            configuration.logLevel = try ServeOptions.level(text)
        }
        return configuration
    }

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("The log level '\(text)' is none of \(levels).")
        }
        return level
    }

    private static func url(_ text: String) throws -> String {
        guard Endpoint(text) != nil else {
            throw ValidationError("The events' URL '\(text)' is not as http://host:port/path.")
        }
        return text
    }

    private static func seconds(_ text: String) throws -> Int {
        guard let seconds = Int(text), (1...900).contains(seconds) else {
            throw ValidationError("The rotation timeout '\(text)' is not from 1 to 900.")
        }
        return seconds
    }

    private static func functions(_ texts: [String]) throws -> [RotationFunction] {
        try texts.map { text in
            do throws(StartError) {
                return try RotationFunction(parsing: text)
            } catch {
                throw ValidationError("\(error.description).")
            }
        }
    }
}
