internal import AWS
internal import Cryptography
internal import HTTPServer
internal import Notation

/// What a server may be called in its own certificate: every name that clients may have for it.
struct CertificateNames {
    /// Without one twice.
    private(set) var all: [CertificateAuthority.Name] = []

    /// - Parameters:
    ///   - configuration: of the server.
    ///   - further: names that somebody gave it.
    init(_ configuration: Configuration, and further: [String]) {
        for name in ["localhost", "127.0.0.1", "::1"] + HostPolicy.containerHosts { add(name) }
        // As the service of a compose file is called.
        for name in ["pocketvault", "secretsmanager"] { add(name) }
        if IPAddress(configuration.host)?.isAny != true { add(configuration.host) }
        for service in Services.all {
            add(Partition.serviceHost(service.signingName, in: configuration.region))
        }
        for host in configuration.allowedHosts {
            if let pattern = HostPattern(host) { add(pattern.text) }
        }
        for name in further { add(name) }
    }

    private mutating func add(_ text: String) {
        let name: CertificateAuthority.Name =
            IPAddress(text) == nil ? .host(text.lowercased()) : .address(text)
        if !all.contains(name) { all.append(name) }
    }
}
