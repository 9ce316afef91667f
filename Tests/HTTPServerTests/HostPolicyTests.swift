import HTTPServer
import Testing

@Suite("Host policy")
struct HostPolicyTests {
    @Test(
        "names of this server are allowed",
        arguments: [
            "localhost", "LOCALHOST:4566", "vault.localhost", "127.0.0.1", "127.0.0.1:4566",
            "[::1]", "[::1]:4566", "10.1.2.3:80", "my.host.example", "MY.host.example:1",
        ]
    )
    func allowed(host: String) {
        #expect(HostPolicy(allowedHosts: ["my.host.example"]).allowsHost(host))
    }

    @Test(
        "other names are refused",
        arguments: [
            "", ":80", "localhost.", "user@localhost", "[::1]x", "[::1%lo]", "::1", "256.1.1.1",
            "1.2.3",
            "1.2.3.4.5", "01.2.3.4", "1..2.3", "1.2.3.", ".localhost", "evil.example",
            "localhost.evil.example", "evillocalhost", "127.0.0.1.evil",
            "[::1", "[evil]:1", "localhost:port", "localhost:1:2", "pocketvault", "localhost ",
            "127.1", "0x7f.1", "localhost:123456",
        ]
    )
    func refused(host: String) {
        #expect(!HostPolicy(allowedHosts: ["my.host.example"]).allowsHost(host))
    }

    @Test("beyond loopback a name of a single label is allowed, as in a compose network")
    func singleLabel() {
        let policy = HostPolicy(isBeyondLoopback: true)
        #expect(policy.allowsHost("pocketvault:4566"))
        #expect(!policy.allowsHost("pocketvault.evil.example"))
    }

    @Test(
        "a page may call when this server could have served it",
        arguments: [
            ("http://localhost:4566", true), ("https://127.0.0.1", true),
            ("HTTP://LOCALHOST", true), ("null", false), ("http://evil.example", false),
            ("file://", false), ("http://", false), ("localhost", false),
            ("http://203.0.113.5", false), ("http://[2001:db8::1]", false),
            ("http://[::1]:80", true), ("http://127.9.9.9", true),
            ("http://user@localhost", false), ("chrome-extension://abc", false),
            ("http://localhost/x", false),
        ]
    )
    func origins(origin: String, isAllowed: Bool) {
        #expect(HostPolicy().allowsOrigin(origin) == isAllowed)
    }

    @Test("a page from a bare address may call only the server of that address")
    func addressOrigin() {
        let policy = HostPolicy(isBeyondLoopback: true)
        #expect(policy.allowsOrigin("http://192.0.2.7:4566", host: "192.0.2.7:4566"))
        #expect(!policy.allowsOrigin("http://192.0.2.8:4566", host: "192.0.2.7:4566"))
    }

    @Test("the host that is listened on tells whether other machines reach it")
    func beyondLoopback() {
        for host in ["127.0.0.1", "localhost", "::1", "127.1.2.3"] {
            #expect(!HTTPConfiguration(host: host).hostPolicy.allowsHost("pocketvault"))
        }
        for host in ["0.0.0.0", "::", "192.0.2.7"] {
            #expect(HTTPConfiguration(host: host).hostPolicy.allowsHost("pocketvault"))
        }
    }
}
