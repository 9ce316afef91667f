import HTTPServer
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("An access key id that was meant as an account")
struct MistakenAccountTests {
    private static let message = "An access key id looks like an account and is none"

    @Test(
        "is told from other access key ids",
        arguments: [
            ("gw0000000000", true), ("gw1200000000", true), ("worker000001", true),
            ("wörker000001", true), ("12345678901a", false), ("123456", false),
            ("12345678", false), ("123456789", true), ("12345678901", true),
            ("123456789012", false), ("1234567890123", true), ("123456789012345", true),
            ("1234567890123456", false), ("gw000000000", false), ("gw00000000000", false),
            ("AKIA00000000", true), ("AKIAIOSFODNN7EXAMPLE", false),
            ("AKIAIOSFOD0000000000", false), ("test", false), ("", false),
            ("minioadmin12", false), ("abcdefg00000", false),
            ("١٢٣٤٥٦٧٨٩٠١٢", false),
        ]
    )
    func looks(_ accessKeyID: String, _ isMistaken: Bool) {
        #expect(MistakenAccounts.isMistaken(accessKeyID) == isMistaken)
    }

    @Test("is said in the log, once, with the account that its calls go to")
    func once() throws {
        let server = try ScratchServer()
        for key in ["gw0000000000", "gw1000000000", "gw0000000000", "test", "111111111111"] {
            _ = server.call("ListSecrets", "{}", authorization: signed(key: key))
        }
        let lines = server.logText.split(separator: "\n").filter { $0.contains(Self.message) }
        try #require(lines.count == 2)
        #expect(lines[0].contains(" warning "))
        #expect(lines[0].contains("accessKeyID=gw0000000000 account=000000000000"))
        #expect(lines[1].contains("accessKeyID=gw1000000000 account=000000000000"))
    }

    @Test("is no matter when the vault knows it, or does not let it in")
    func known() throws {
        let verifying = try ScratchServer(signatures: .verify)
        let response = verifying.call(
            "ListSecrets",
            "{}",
            authorization: signed(key: "gw0000000000")
        )
        #expect(response.status == 400)
        #expect(!verifying.logText.contains(Self.message))
        let server = try ScratchServer()
        let user = try server.scratch.user("worker")
        let key = try server.scratch.signer(of: user, 1).accessKeyID
        _ = server.call("ListSecrets", "{}", authorization: signed(key: key))
        #expect(!server.logText.contains(Self.message))
    }

    @Test("fills the log no further than a thousand times")
    func bounded() throws {
        let server = try ScratchServer()
        for number in 0..<1_010 {
            _ = server.call(
                "ListSecrets",
                "{}",
                authorization: signed(key: "w\(10_000_000_000 + number)")
            )
        }
        let lines = server.logText.split(separator: "\n").filter { $0.contains(Self.message) }
        #expect(lines.count == 1_000)
    }
}
