internal import Cryptography
internal import HTTPServer
internal import Storage

/// What each part of the server needs to know of the configuration.
extension Configuration {
    var http: HTTPConfiguration {
        HTTPConfiguration(host: host, port: port, allowedHosts: allowedHosts)
    }

    /// - Returns: what the vault is opened with.
    /// - Throws: when the master key is given twice, or is none.
    func vault() throws(StartError) -> VaultConfiguration {
        var vault = VaultConfiguration(path: database, masterKey: try masterKeySource())
        if let auditRecords { vault.auditRecordLimit = auditRecords }
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
        guard isInMemory else { return .file(Configuration.masterKeyFile(beside: database)) }
        // What is gone with the process needs no key that outlives it.
        do throws(CryptographyError) {
            return .bytes(try KeyMaterial.random())
        } catch {
            throw StartError(description: "no master key could be made: \(error)")
        }
    }

    private static func masterKeyFile(beside database: String) -> String {
        guard let slash = database.lastIndex(of: "/") else { return "vault.key" }
        return String(database[...slash]) + "vault.key"
    }
}
