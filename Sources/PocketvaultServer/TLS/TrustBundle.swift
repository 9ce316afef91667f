/// The certificates of the system and that of the authority, in one file.
///
/// For clients that trust what is in a file and nothing else: a shell in which they are led to the vault
/// is not to be cut off from everything else.
struct TrustBundle {
    let path: String

    /// - Parameter database: the path of the vault's file.
    init(beside database: String) {
        path = Configuration.file("tls-bundle.pem", beside: database)
    }

    /// Where systems keep what they trust: Debian and its like, Fedora and its like, others.
    private static let places = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/cert.pem",
    ]

    /// Writes it as it is now, in place of that of an earlier start.
    func write(_ authority: [UInt8]) throws(StartError) {
        let system = TrustBundle.places.lazy.compactMap { try? TLSFile.read($0) }.first ?? []
        let lineEnd: [UInt8] = system.isEmpty || system.last == 10 ? [] : [10]
        try WholeFile.make(path, system + lineEnd + authority, mode: 0o644, replaces: true)
    }
}
