import HTTPServer
import Testing

@Suite("Host policy")
struct HostPolicyTests {
    @Test(
        "names of this server are allowed",
        arguments: [
            "localhost", "LOCALHOST:4566", "vault.localhost", "127.0.0.1", "127.0.0.1:4566",
            "[::1]", "[::1]:4566", "10.1.2.3:80", "my.host.example", "MY.host.example:1",
            "localhost.", "localhost.:4566", "host.docker.internal", "HOST.docker.internal:4566",
            "host.containers.internal:4566",
        ]
    )
    func allowed(host: String) {
        #expect(HostPolicy(allowedHosts: ["my.host.example"]).allowsHost(host))
    }

    @Test(
        "other names are refused",
        arguments: [
            "", ":80", "localhost..", ".localhost.", "vault.localhost.", "user@localhost", "[::1]x",
            "[::1%lo]", "::1", "256.1.1.1",
            "1.2.3",
            "1.2.3.4.5", "01.2.3.4", "1..2.3", "1.2.3.", ".localhost", "evil.example",
            "localhost.evil.example", "evillocalhost", "127.0.0.1.evil",
            "[::1", "[evil]:1", "localhost:port", "localhost:1:2", "pocketvault", "localhost ",
            "127.1", "0x7f.1", "localhost:123456", "docker.internal", "x.host.docker.internal",
            "host.docker.internal.evil.example", "host.docker.internal.",
            "secretsmanager.us-east-1.amazonaws.com",
        ]
    )
    func refused(host: String) {
        #expect(!HostPolicy(allowedHosts: ["my.host.example"]).allowsHost(host))
    }

    @Test(
        "a name may be allowed for one port, or for all names below it",
        arguments: [
            ("vault.test:4566", "vault.test:4566", true), ("vault.test:4566", "vault.test", false),
            ("vault.test:80", "vault.test", true), ("*.vault.test", "a.vault.test:1", true),
            ("*.vault.test", "a.b.vault.test", true), ("*.vault.test", "vault.test", false),
            ("*.vault.test", ".vault.test", false), ("*.vault.test", "evilvault.test", false),
            ("*.VAULT.test:1", "a.vault.test:1", true), ("*.vault.test:1", "a.vault.test:2", false),
        ]
    )
    func patterns(pattern: String, host: String, isAllowed: Bool) {
        #expect(HostPolicy(allowedHosts: [pattern]).allowsHost(host) == isAllowed)
    }

    @Test(
        "what is no name stands for nothing",
        arguments: [
            "", "*", "*.", ".", "a.*", "*.*", "http://vault.test", "vault.test/", "vault.test:",
            "vault test", "*vault.test", ".vault.test", "vault.test.", "vault.test:port",
        ]
    )
    func noPatterns(pattern: String) {
        #expect(HostPattern(pattern) == nil)
        #expect(!HostPolicy(allowedHosts: [pattern]).allowsHost("vault.test"))
    }

    @Test("a name without a port has that of the connection's scheme")
    func portOfScheme() {
        let policy = HostPolicy(allowedHosts: ["vault.test:443"])
        #expect(policy.allowsHost("vault.test", isEncrypted: true))
        #expect(!policy.allowsHost("vault.test"))
        #expect(policy.allowsOrigin("https://vault.test", host: "vault.test", isEncrypted: true))
        #expect(!policy.allowsOrigin("http://vault.test", host: "vault.test"))
    }

    @Test("names that the server stands for are told by whoever starts it")
    func endpoints() {
        let policy = HostPolicy(isEndpoint: { $0 == "kms.us-east-1.amazonaws.com" })
        #expect(policy.allowsHost("KMS.us-east-1.amazonaws.com:443"))
        #expect(!policy.allowsHost("kms.us-east-2.amazonaws.com"))
    }

    @Test("beyond loopback a name of a single label is allowed, as in a compose network")
    func singleLabel() {
        let policy = HostPolicy(isBeyondLoopback: true)
        #expect(policy.allowsHost("pocketvault:4566"))
        #expect(!policy.allowsHost("pocketvault.evil.example"))
    }

    @Test(
        "the server's own pages may call it, and no others of this machine",
        arguments: [
            ("http://localhost:4566", true), ("HTTP://LOCALHOST:4566", true),
            ("http://localhost", false), ("http://localhost:3000", false),
            ("http://localhost:45660", false), ("https://localhost:4566", false),
            ("http://127.0.0.1:4566", false), ("http://[::1]:4566", false),
            ("http://vault.localhost:4566", false), ("http://user@localhost:4566", false),
            ("http://localhost:4566/x", false), ("http://localhost:", false),
            ("http://evil.example:4566", false), ("http://\u{301}localhost:4566", false),
            ("chrome-extension://abc", false), ("file://", false), ("http://", false),
            ("null", false), ("", false), ("localhost:4566", false),
        ]
    )
    func origins(origin: String, isAllowed: Bool) {
        #expect(HostPolicy().allowsOrigin(origin, host: "localhost:4566") == isAllowed)
    }

    @Test(
        "port 80 is the one that nobody writes",
        arguments: [
            ("http://localhost", "localhost:80"), ("http://localhost:80", "localhost"),
            ("http://localhost", "localhost"), ("http://[::1]", "[::1]:80"),
            ("http://192.0.2.7", "192.0.2.7:80"),
        ]
    )
    func usualPort(origin: String, host: String) {
        #expect(HostPolicy().allowsOrigin(origin, host: host))
    }

    @Test("a page from a bare address may call only the server of that address and port")
    func addressOrigin() {
        let policy = HostPolicy(isBeyondLoopback: true)
        #expect(policy.allowsOrigin("http://192.0.2.7:4566", host: "192.0.2.7:4566"))
        #expect(!policy.allowsOrigin("http://192.0.2.8:4566", host: "192.0.2.7:4566"))
        #expect(!policy.allowsOrigin("http://192.0.2.7:4567", host: "192.0.2.7:4566"))
    }

    @Test("a page of a name that was allowed may call, from whichever port and over TLS too")
    func allowedOrigin() {
        let policy = HostPolicy(allowedHosts: ["my.host.example"])
        for origin in ["http://my.host.example", "https://MY.host.example:8443"] {
            #expect(policy.allowsOrigin(origin, host: "localhost:4566"))
        }
        #expect(!policy.allowsOrigin("https://host.example", host: "localhost:4566"))
    }

    @Test("no page is one of a server that may not be called so")
    func foreignHostAndOrigin() {
        #expect(!HostPolicy().allowsOrigin("http://evil.example", host: "evil.example"))
    }

    @Test("the host that is listened on tells whether other machines reach it")
    func beyondLoopback() {
        for host in [
            "127.0.0.1", "localhost", "::1", "127.1.2.3", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1",
        ] {
            #expect(!HTTPConfiguration(host: host).isBeyondLoopback)
            #expect(!HTTPConfiguration(host: host).hostPolicy.allowsHost("pocketvault"))
        }
        for host in [
            "0.0.0.0", "::", "192.0.2.7", "::ffff:0.0.0.0", "::2", "1::1", "::127.0.0.1",
            "127.evil.example",
        ] {
            #expect(HTTPConfiguration(host: host).isBeyondLoopback)
            #expect(HTTPConfiguration(host: host).hostPolicy.allowsHost("pocketvault"))
        }
    }
}
