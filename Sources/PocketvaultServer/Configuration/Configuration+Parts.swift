internal import AWS
internal import Cryptography
internal import HTTPServer
internal import Notation
internal import Storage

/// What each part of the server needs to know of the configuration.
extension Configuration {
    /// The account and region of callers whose credentials name none.
    var scope: Scope { Scope(account: account, region: region) }

    /// Whether it was told of any seed document.
    var hasSeeds: Bool { !seeds.isEmpty || seedJSON != nil }

    /// Whether the master key is not one of the server's own making.
    var isKeyGiven: Bool { masterKey != nil || passphrase != nil || masterKeyFile != nil }

    /// The file that the master key is in; nil when it is given in another way.
    package var keyFile: String? {
        guard masterKey == nil, passphrase == nil, !isInMemory else { return masterKeyFile }
        return masterKeyFile ?? Configuration.file("vault.key", beside: database)
    }

    /// Whether a text can stand for names of this server.
    package static func isHostPattern(_ text: String) -> Bool { HostPattern(text) != nil }

    var http: HTTPConfiguration {
        var http = HTTPConfiguration(
            host: host,
            port: port,
            allowedHosts: allowedHosts + tlsNames,
            isEndpoint: Services.haveEndpoint
        )
        http.limits.largerBodies = [SeedControl.path: SeedControl.greatestBody]
        if servesConsole { http.openPages = [ConsoleSurface.path] }
        return http
    }

    /// The names that a certificate was asked to have.
    private var tlsNames: [String] {
        if case .ownAuthority(let names)? = tls { names } else { [] }
    }

    /// Whether there is a console.
    package var servesConsole: Bool {
        console ?? !HTTPConfiguration(host: host).isBeyondLoopback
    }

    /// Where the agent listens; nil when nobody asked for it.
    var agentHTTP: HTTPConfiguration? {
        guard let agentPort else { return nil }
        var http = HTTPConfiguration(host: host, port: agentPort, allowedHosts: allowedHosts)
        // The surface itself turns away those beyond its own limit, and must be reached for that.
        http.limits.connections = UInt32(AgentSurface.maximumConnections * 2)
        return http
    }

    /// Whether policies take every connection for encrypted, as all of AWS's are.
    var assumesSecureTransport: Bool { secureTransport == .assumed }

    /// By what the tokens of identity providers are told from false ones.
    func tokenSignatures() throws(StartError) -> TokenSignatures {
        guard let webIdentityKeys else { return .unchecked }
        return TokenSignatures(verify: try WebIdentityKeys(file: webIdentityKeys).verify)
    }

    /// - Returns: what the vault is opened with.
    /// - Throws: when the master key is given twice, or is none.
    func vault() throws(StartError) -> VaultConfiguration {
        var vault = VaultConfiguration(path: database, masterKey: try masterKeySource())
        if let auditRecords { vault.auditRecordLimit = auditRecords }
        vault.acceptsChangedRows = acceptsChangedRows
        return vault
    }

    /// - Parameter machine: whose time and chance a record has that the opening makes.
    /// - Returns: the same, for a vault that is going to be changed.
    /// - Throws: when the master key is given twice, or is none.
    func vault(on machine: Machine) throws(StartError) -> VaultConfiguration {
        var vault = try vault()
        vault.record = { [scope] sealing in AuditRecord(of: sealing, in: scope, on: machine) }
        return vault
    }

    private func masterKeySource() throws(StartError) -> MasterKeySource {
        let given = [
            ("POCKETVAULT_MASTER_KEY", masterKey), ("POCKETVAULT_PASSPHRASE", passphrase),
            ("--master-key-file", masterKeyFile),
        ].filter { $0.1 != nil }
        guard given.count <= 1 else {
            throw StartError(
                description: "\(given[0].0) and \(given[1].0) are both given; give one of them"
            )
        }
        if let masterKey {
            return try StartError.wrapping { () throws(VaultOpeningError) in
                try MasterKeySource.base64(masterKey, from: "POCKETVAULT_MASTER_KEY")
            }
        }
        if let passphrase { return .passphrase(Array(passphrase.utf8)) }
        if let masterKeyFile { return .file(masterKeyFile) }
        guard isInMemory else { return .file(Configuration.file("vault.key", beside: database)) }
        // What is gone with the process needs no key that outlives it.
        do throws(CryptographyError) {
            return .bytes(try KeyMaterial.random())
        } catch {
            throw StartError(description: "no master key could be made: \(error)")
        }
    }

    /// The path of a file in the folder of a vault.
    static func file(_ name: String, beside database: String) -> String {
        guard let slash = database.lastIndex(of: "/") else { return name }
        return String(database[...slash]) + name
    }
}
