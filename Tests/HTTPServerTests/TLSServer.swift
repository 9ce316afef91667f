import Cryptography
import Glibc
import HTTPServer
import Testing

/// An echo server that speaks TLS beside HTTP.
final class TLSServer: Sendable {
    let server: EchoServer
    private let authority: CertificateAuthority
    /// How often a client did not trust it.
    let untrusted = Counter()

    init(_ change: (inout HTTPConfiguration) -> Void = { _ in }) throws {
        let now = Int64(time(nil))
        let authority = try CertificateAuthority.make(called: "Tests", at: now, days: 10)
        let identity = try authority.identity(
            of: [.host("localhost"), .address("127.0.0.1")],
            at: now,
            days: 1
        )
        let context = try TLSContext(identity)
        self.authority = authority
        var configuration = HTTPConfiguration()
        configuration.tls = TLSOffer(by: { context }, untrusted: untrusted.add)
        change(&configuration)
        server = try EchoServer(configuration)
    }

    var port: UInt16 { server.port }

    func settings(_ change: (inout TLSLayer.Settings) -> Void = { _ in }) throws
        -> TLSLayer.Settings
    {
        var settings = TLSLayer.Settings(trusted: try authority.certificate.pem())
        change(&settings)
        return settings
    }

    /// A client that trusts it.
    func client(_ change: (inout TLSLayer.Settings) -> Void = { _ in }) throws -> RawClient {
        RawClient(port: port, try settings(change))
    }
}

/// How many files and sockets this process has open.
func openDescriptors() -> Int {
    var count = 0
    for number in 0..<Int32(4_096) where fcntl(number, F_GETFD) >= 0 { count += 1 }
    return count
}

/// How many sockets of this process have a port for their own: the one that listens there, and those of
/// clients that were accepted.
func openSockets(on port: UInt16) -> Int {
    (0..<Int32(4_096)).count { number in
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isSocket = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getsockname(number, address, &length) == 0
            }
        }
        return isSocket && address.sin_family == sa_family_t(AF_INET)
            && UInt16(bigEndian: address.sin_port) == port
    }
}

/// Waits until something is so; records an issue when it is not after ten seconds.
func wait(_ what: Comment, until isSo: () -> Bool) {
    for _ in 0..<10_000 {
        if isSo() { return }
        usleep(1_000)
    }
    Issue.record(what)
}
