import AWS
import Cryptography
import Glibc
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

/// Which certificate a server has, for how long, and what it says of it.
@Suite struct ServerTLSTests {
    private static func configuration(
        _ change: (inout Configuration) -> Void = { _ in }
    ) -> Configuration {
        var configuration = Configuration()
        configuration.database = ":memory:"
        configuration.tls = .ownAuthority(names: [])
        change(&configuration)
        return configuration
    }

    @Test func `Every name by which requests may come is in the certificate, once`() {
        let names = CertificateNames(
            Self.configuration {
                $0.host = "192.0.2.1"
                $0.region = "cn-north-1"
                $0.allowedHosts = ["Vault.test:8443", "*.vault.test", "localhost"]
            },
            and: ["192.0.2.1", "other.test"]
        ).all
        let expected: [CertificateAuthority.Name] = [
            .host("localhost"), .address("127.0.0.1"), .address("::1"),
            .host("host.docker.internal"), .host("host.containers.internal"),
            .host("pocketvault"), .address("192.0.2.1"),
            .host("secretsmanager.cn-north-1.amazonaws.com.cn"), .host("vault.test"),
            .host("*.vault.test"), .host("other.test"),
        ]
        for name in expected { #expect(names.count { $0 == name } == 1, "\(name)") }
    }

    @Test(arguments: ["0.0.0.0", "::"])
    func `An address that stands for all of them is no name`(host: String) {
        let names = CertificateNames(Self.configuration { $0.host = host }, and: []).all
        #expect(!names.contains(.address(host)))
    }

    @Test func `What is asked for in a certificate is a name, an address or names below one`() {
        for text in ["vault", "vault.test", "*.vault.test", "192.0.2.1", "::1", "fe80::1"] {
            #expect(TLSMode.isName(text), "\(text)")
        }
        for text in ["", "vault:1", "a b", "http://vault", "*", "a,DNS:b", "vault.", ".vault"] {
            #expect(!TLSMode.isName(text), "\(text)")
        }
    }

    @Test func `The certificate is made anew when a third of its time is left, and not before`()
        throws
    {
        let start = SystemClock.now()
        let time = Locked(start)
        let folder = try ScratchFolder()
        let made = try ServerTLS.ready(
            for: Self.configuration(),
            folder.path,
            { time.withLock { $0 } }
        )
        let tls = try #require(made)
        let first = tls.context()
        #expect(tls.context() === first)
        time.withLock { $0 = start.adding(days: 59) }
        #expect(tls.context() === first)
        time.withLock { $0 = start.adding(days: 60) }
        let second = tls.context()
        #expect(second !== first)
        #expect(tls.context() === second)
        time.withLock { $0 = start.adding(days: 120) }
        #expect(tls.context() !== second)
    }

    @Test func `Nobody who asked for no TLS gets any`() throws {
        let configuration = Self.configuration { $0.tls = nil }
        let made = try ServerTLS.ready(for: configuration, nil, SystemClock.now)
        #expect(made == nil)
    }

    @Test func `An authority that has ended is refused with what to do, and stays`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(beside: folder.path + "/vault.db")
        let now: Int64 = 1_790_000_000
        try files.write(CertificateAuthority.make(called: "Tests", at: now, days: 10))
        #expect(try files.read(at: now) != nil)
        let failure = #expect(throws: StartError.self) { try files.read(at: now + 11 * 86_400) }
        #expect(failure?.description.contains("has ended; remove it and") == true)
        #expect(try files.read(at: now) != nil)
    }

    @Test func `A certificate of one's own that has ended is refused`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(beside: folder.path + "/vault.db")
        let now = SystemClock.now()
        try files.write(
            CertificateAuthority.make(called: "Tests", at: now.milliseconds / 1_000, days: 10)
        )
        let configuration = Self.configuration {
            $0.tls = .given(certificate: files.certificate, key: files.key)
        }
        #expect(try ServerTLS.ready(for: configuration, nil, { now }) != nil)
        let failure = #expect(throws: StartError.self) {
            try ServerTLS.ready(for: configuration, nil, { now.adding(days: 11) })
        }
        #expect(failure?.description.hasSuffix("has ended; no client would take it") == true)
    }

    @Test func `An authority that came to be meanwhile is not replaced`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(beside: folder.path + "/vault.db")
        let now: Int64 = 1_790_000_000
        let first = try CertificateAuthority.make(called: "Tests", at: now, days: 10)
        try files.write(first)
        #expect(throws: StartError.self) {
            try files.write(CertificateAuthority.make(called: "Tests", at: now, days: 10))
        }
        #expect(try files.read(at: now)?.certificate.pem() == first.certificate.pem())
    }

    @Test func `The certificate to trust is given, and health says whose it is`() throws {
        let server = try ScratchServer { $0.tls = .ownAuthority(names: []) }
        let given = server.send(.get("/_pocketvault/ca.pem"))
        #expect(given.status == 200)
        #expect(given[header: "Content-Type"] == "application/x-pem-file")
        #expect(try Certificate.all(pem: given.body)[0].isAuthority)
        let tls = server.send(.get("/_pocketvault/health")).json["tls"]
        #expect(tls?["authority"]?.string == "own")
        #expect(tls?["file"]?.string?.hasSuffix("/tls-ca.pem") == true)
        #expect(tls?["bundle"]?.string?.hasSuffix("/tls-bundle.pem") == true)
        let beyond = try ScratchServer {
            $0.tls = .ownAuthority(names: [])
            $0.host = "0.0.0.0"
        }
        #expect(beyond.send(.get("/_pocketvault/health")).json["tls"]?["file"] == nil)
        let without = try ScratchServer()
        #expect(without.send(.get("/_pocketvault/ca.pem")).status == 404)
        #expect(without.send(.get("/_pocketvault/health")).json["tls"] == nil)
    }

    @Test func `A client that speaks TLS takes three descriptors`() throws {
        let limit = DescriptorLimit(200, threads: 2)
        let plain = try limit.connections([1_000])
        let encrypted = try limit.connections([1_000], firstIsEncrypted: true)
        #expect(plain == [158])
        #expect(encrypted == [50])
        #expect(throws: StartError.self) {
            try DescriptorLimit(64, threads: 2).connections([1_000], firstIsEncrypted: true)
        }
    }
}

/// A folder that goes with the test.
private final class ScratchFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/pocketvault-tests-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in ["tls-ca.pem", "tls-ca.key", "tls-bundle.pem"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}
