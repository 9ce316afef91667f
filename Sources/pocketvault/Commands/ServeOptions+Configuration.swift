internal import ArgumentParser
internal import Client
internal import Logging
internal import Notation
internal import PocketvaultServer

extension ServeOptions {
    /// The value of an option: what was given, else what the environment says.
    private typealias Setting = (_ given: String?, _ name: String) throws -> String?

    /// The whole configuration, checked.
    func configuration(_ environment: Environment) throws -> Configuration {
        var configuration = Configuration()
        let setting: Setting = { given, name in
            try ServeOptions.setting(given, name, environment)
        }
        if let host = try setting(host, "host") { configuration.host = host }
        if let text = try setting(port, "port") {
            configuration.port = try ServeOptions.port(text)
        }
        if let path = try setting(database, "database") { configuration.database = path }
        configuration.seeds = seeds.isEmpty ? environment.list("seed") : seeds
        configuration.seedJSON = environment.option("seed-json")
        configuration.watchesSeeds =
            try watchSeeds || environment.option("watch-seeds").map(ServeOptions.flag) ?? false
        configuration.exportPath = try setting(export, "export")
        if let account = try setting(account, "account") {
            configuration.account = try ServeOptions.checked(account: account)
        }
        if let region = try setting(region, "region") {
            try ServeOptions.checkRegion(region)
            configuration.region = region
        }
        configuration.masterKeyFile = try setting(masterKeyFile, "master-key-file")
        ServeOptions.setMasterKey(in: &configuration, environment)
        configuration.acceptsChangedRows =
            try acceptChangedRows
            || environment.option("accept-changed-rows").map(ServeOptions.flag) ?? false
        configuration.allowedHosts =
            allowedHosts.isEmpty ? environment.list("allowed-host") : allowedHosts
        try ServeOptions.checkHosts(configuration.allowedHosts)
        configuration.tls = try tls.mode(environment)
        if let text = try setting(rotationTimeout, "rotation-timeout") {
            configuration.rotationTimeoutSeconds = Int(
                try ServeOptions.number(text, 1...900, "rotation timeout")
            )
        }
        try setTesting(in: &configuration, setting)
        configuration.rotationFunctions = try ServeOptions.functions(
            rotationFunctions.isEmpty
                ? environment.list("rotation-function") : rotationFunctions
        )
        configuration.eventsURL = try setting(eventsURL, "events-url").map(ServeOptions.url)
        try setAccess(in: &configuration, setting)
        if let text = try setting(agentPort, "agent-port") {
            guard let port = UInt16(text) else {
                throw ValidationError("The agent port '\(text)' is not a number from 0 to 65535.")
            }
            configuration.agentPort = port
        }
        configuration.agentTokenFile = try setting(agentTokenFile, "agent-token-file")
        configuration.agentRole = try setting(agentRole, "agent-role")
        configuration.console =
            try console ?? environment.option("console").map(ServeOptions.flag)
            ?? environment.option("no-console").map { try !ServeOptions.flag($0) }
        configuration.consoleFolder = try setting(consoleDir, "console-dir")
        try setRecords(in: &configuration, setting)
        return configuration
    }

    /// The value of an option, or of its variable.
    static func setting(
        _ given: String?,
        _ name: String,
        _ environment: Environment
    ) throws -> String? {
        guard given != "" else { throw ValidationError("--\(name) must not be empty.") }
        return given ?? environment.option(name)
    }

    /// What a vault's file is opened with that nobody serves: its own path, account and master key.
    static func ofFile(at path: String, _ environment: Environment) throws -> Configuration {
        var configuration = Configuration()
        configuration.database = path
        if let account = environment.option("account") {
            configuration.account = try checked(account: account)
        }
        if let region = environment.option("region") {
            try checkRegion(region)
            configuration.region = region
        }
        configuration.masterKeyFile = environment.option("master-key-file")
        setMasterKey(in: &configuration, environment)
        configuration.logLevel = .critical
        return configuration
    }

    /// What test suites ask for.
    private func setTesting(in configuration: inout Configuration, _ setting: Setting) throws {
        if let text = try setting(quotas, "quotas") {
            guard ["ignore", "enforce"].contains(text) else {
                throw ValidationError("The quotas '\(text)' are neither ignore nor enforce.")
            }
            configuration.enforcesQuotas = text == "enforce"
        }
        if let text = try setting(accountLifetime, "account-lifetime") {
            configuration.accountLifetimeMilliseconds = try ServeOptions.lifetime(text)
        }
    }

    private static func checkHosts(_ hosts: [String]) throws {
        for host in hosts where !Configuration.isHostPattern(host) {
            throw ValidationError(
                "'\(host)' is no host name: write a name, a name with a port, or *. and a name."
            )
        }
    }

    static func port(_ text: String) throws -> UInt16 {
        guard let port = UInt16(text) else {
            throw ValidationError("The port '\(text)' is not a number from 0 to 65535.")
        }
        return port
    }

    private static func setMasterKey(
        in configuration: inout Configuration,
        _ environment: Environment
    ) {
        configuration.masterKey = environment.option("master-key")
        configuration.passphrase = environment.option("passphrase")
    }

    private static func checked(account: String) throws -> String {
        guard AccountID.isValid(account) else {
            throw ValidationError("The account '\(account)' is not twelve digits.")
        }
        return account
    }

    /// Refuses what is no region's name.
    static func checkRegion(_ region: String?) throws {
        if let region, !Region.isName(region) {
            throw ValidationError("The region '\(region)' is not a region's name.")
        }
    }

    /// What is kept and printed of what happens.
    private func setRecords(in configuration: inout Configuration, _ setting: Setting) throws {
        if let text = try setting(auditRecords, "audit-records") {
            configuration.auditRecords = Int(
                try ServeOptions.number(text, 1...100_000_000, "audit records")
            )
        }
        if let text = try setting(auditDays, "audit-days") {
            configuration.auditDays = try ServeOptions.number(text, 1...36_500, "audit days")
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
    }

    /// Who may come in, and what they may do.
    private func setAccess(in configuration: inout Configuration, _ setting: Setting) throws {
        if let text = try setting(signatures, "signatures") {
            guard let mode = SignatureMode(rawValue: text) else {
                throw ValidationError("The signatures '\(text)' are neither ignore nor verify.")
            }
            configuration.signatures = mode
        }
        if let text = try setting(iam, "iam") {
            guard let mode = PolicyMode(rawValue: text) else {
                throw ValidationError("The iam '\(text)' is none of off, report, enforce.")
            }
            configuration.policies = mode
        }
        if let text = try setting(secureTransport, "secure-transport") {
            guard let mode = SecureTransport(rawValue: text) else {
                throw ValidationError("The secure transport '\(text)' is neither assumed nor wire.")
            }
            configuration.secureTransport = mode
        }
        configuration.webIdentityKeys = try setting(webIdentityKeys, "web-identity-keys")
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
    }

    static func flag(_ text: String) throws -> Bool {
        switch text.lowercased() {
        case "true", "yes", "1", "on": true
        case "false", "no", "0", "off": false
        default:
            throw ValidationError(
                """
                A variable that is on or off, as POCKETVAULT_CONSOLE, POCKETVAULT_NO_CONSOLE, \
                POCKETVAULT_TLS or POCKETVAULT_WATCH_SEEDS, is '\(text)', neither true nor false.
                """
            )
        }
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

    private static func number(
        _ text: String,
        _ bounds: ClosedRange<Int64>,
        _ name: String
    ) throws -> Int64 {
        guard let number = Int64(text), bounds.contains(number) else {
            throw ValidationError(
                "The \(name) '\(text)' is not from \(bounds.lowerBound) to \(bounds.upperBound)."
            )
        }
        return number
    }

    /// A length of time up to a year, as 90s, 30m, 1h or 2d, in milliseconds.
    private static func lifetime(_ text: String) throws -> Int64 {
        let units: [Character: Int64] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
            (1...31_536_000_000 / unit).contains(number)
        else {
            throw ValidationError(
                "The account lifetime '\(text)' is not a time up to 365d, as 90s, 30m, 1h or 2d."
            )
        }
        return number * unit
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
