internal import HTTPServer
internal import Storage

/// What each part of the server needs to know of the configuration.
extension HTTPConfiguration {
    init(_ configuration: Configuration) {
        self.init(
            host: configuration.host,
            port: configuration.port,
            allowedHosts: configuration.allowedHosts
        )
    }
}

extension VaultConfiguration {
    init(_ configuration: Configuration) {
        self.init(
            path: configuration.database,
            masterKeyFile: configuration.masterKeyFile,
            masterKey: configuration.masterKey,
            passphrase: configuration.passphrase
        )
    }
}
