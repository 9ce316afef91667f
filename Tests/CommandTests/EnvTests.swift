import Client
import Foundation
import Testing

@testable import pocketvault

@Suite("env")
struct EnvTests {
    @Test("a value that a shell would take apart is quoted")
    func quoting() {
        #expect(EnvironmentFormat.shellQuoted("http://[::1]:4566") == "'http://[::1]:4566'")
        #expect(EnvironmentFormat.shellQuoted("it's") == #"'it'\''s'"#)
        #expect(EnvironmentFormat.shellQuoted("") == "")
    }

    @Test func `Each shell gets a value as it was, whatever is in it`() {
        let value = #"it's a \ $HOME "test" `id`"#
        func line(_ format: EnvironmentFormat) -> String {
            format.text([(name: "X", value: value)], unset: []).split(separator: "\n").first
                .map(String.init) ?? ""
        }
        #expect(line(.sh) == #"export X='it'\''s a \ $HOME "test" `id`';"#)
        #expect(line(.fish) == #"set -gx X 'it\'s a \\ $HOME "test" `id`';"#)
        #expect(line(.powershell) == #"$env:X = 'it''s a \ $HOME "test" `id`'"#)
    }

    @Test func `With a role no key of one's own comes before it`() {
        let lines = EnvironmentLines(
            endpoint: "http://127.0.0.1:4566",
            region: "us-east-1",
            credentials: .role(uri: "http://127.0.0.1:4566/x", token: "t")
        )
        let names = lines.variables.map(\.name)
        #expect(!names.contains("AWS_ACCESS_KEY_ID") && !names.contains("AWS_SECRET_ACCESS_KEY"))
        let removed = Set(lines.unset)
        #expect(removed.isSuperset(of: ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_PROFILE"]))
        #expect(removed.isDisjoint(with: names))
    }

    @Test(
        "an endpoint is a URL of host and port",
        arguments: [
            ("http://127.0.0.1:4566", "127.0.0.1", 4566), ("http://localhost", "localhost", 80),
            ("http://[::1]:80/", "::1", 80), ("https://vault:1/path?x", "vault", 1),
        ]
    )
    func endpoints(_ text: String, _ host: String, _ port: UInt16) throws {
        let endpoint = try #require(Endpoint(text))
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
    }

    @Test(
        "what is no such URL is refused",
        arguments: [
            "", "localhost:4566", "ftp://a", "http://", "http://:80", "http://a:0", "http://a:b",
            "http://a:70000", "http://user@host", "http://[::1", "http://::1", "http://a b",
        ]
    )
    func noEndpoints(_ text: String) throws {
        #expect(Endpoint(text) == nil)
        #expect(try Binary.run(["env", "--endpoint", text]).exitCode == 64)
    }
}
