import Foundation
import HTTPServer
import Logging
import Testing
import Threads

@testable import PocketvaultServer

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite("The server")
struct ServerTests {
    private func configuration(seeds: [String] = []) -> Configuration {
        var configuration = Configuration()
        configuration.port = 0
        configuration.database = ":memory:"
        configuration.seeds = seeds
        return configuration
    }

    private func seedFile(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString).json"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("starts on a free port with its seeds in, answers, and stops")
    func life() async throws {
        let seed = try seedFile(#"{"version":1,"secrets":[{"name":"a","value":"v"}]}"#)
        defer { try? FileManager.default.removeItem(atPath: seed) }
        let server = try Server.start(configuration(seeds: [seed])) { _ in }
        let ready = try #require(URL(string: server.endpoint + "/_pocketvault/ready"))
        let (_, response) = try await URLSession.shared.data(from: ready)
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        let health = try #require(URL(string: server.endpoint + "/_pocketvault/health"))
        let (body, _) = try await URLSession.shared.data(from: health)
        #expect(String(decoding: body, as: UTF8.self).contains(#""secrets":1"#))
        server.stop()
    }

    @Test("refuses a bad seed before anything is made")
    func badSeed() throws {
        let seed = try seedFile("{")
        defer { try? FileManager.default.removeItem(atPath: seed) }
        let folder = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        var configuration = configuration(seeds: [seed])
        configuration.database = folder + "/vault.db"
        let error = #expect(throws: StartError.self) {
            try Server.start(configuration) { _ in }
        }
        #expect(error?.description.hasPrefix(seed + ":1: not JSON") == true)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("a port that is taken is refused, and the vault is let go")
    func portTaken() throws {
        let first = try Server.start(configuration()) { _ in }
        defer { first.stop() }
        var second = configuration()
        second.port = try #require(UInt16(first.endpoint.split(separator: ":").last ?? ""))
        let error = #expect(throws: StartError.self) { try Server.start(second) { _ in } }
        #expect(error?.description.contains("--port") == true)
    }

    @Test("warns when other machines reach it")
    func warns() throws {
        let written = Locked([UInt8]())
        var configuration = configuration()
        configuration.host = "0.0.0.0"
        let server = try Server.start(configuration) { bytes in written.withLock { $0 += bytes } }
        server.stop()
        let text = written.withLock { String(decoding: $0, as: UTF8.self) }
        #expect(text.contains("warning Listening beyond this machine"))
        #expect(server.endpoint.hasPrefix("http://127.0.0.1:"))
    }

    @Test("a directory of seeds is applied in the order of names, hidden files aside")
    func directory() throws {
        let folder = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (file, name) in [("20.json", "c"), ("10.json", "b"), ("2.json", "d"), (".x.json", "x")]
        {
            try #"{"version":1,"secrets":[{"name":"\#(name)"}]}"#
                .write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
        }
        try "no seed".write(toFile: "\(folder)/README.md", atomically: true, encoding: .utf8)
        let seeds = try SeedFiles(of: configuration(seeds: [folder]))
        #expect(try seeds.plan().secrets.map(\.name) == ["b", "d", "c"])
    }

    @Test("a seed that is not there is refused")
    func missingSeed() {
        let error = #expect(throws: StartError.self) {
            try Server.start(configuration(seeds: ["/nowhere/seed.json"])) { _ in }
        }
        #expect(error?.description.hasPrefix("/nowhere/seed.json: there is no such file") == true)
    }

    @Test("two master keys are one too many")
    func twoKeys() {
        var configuration = configuration()
        configuration.masterKey = "a2V5"
        configuration.passphrase = "words"
        let error = #expect(throws: StartError.self) { try configuration.vault() }
        #expect(error?.description.contains("give one of them") == true)
    }

    @Test(
        "does not warn when only this machine reaches it, however that is written",
        arguments: [
            "127.0.0.1", "127.8.9.1", "localhost", "::1", "0:0:0:0:0:0:0:1", "0000::0001",
            "::ffff:127.0.0.1",
        ]
    )
    func loopback(_ host: String) {
        let text = Locked([UInt8]())
        let log = ServerLog(
            to: LogSink { bytes in text.withLock { $0 += bytes } },
            format: .text,
            level: .info
        )
        var configuration = configuration()
        configuration.host = host
        StartReport(configuration, RotationFunctionList(functions: []), SeedSummary())
            .write(to: log.logger(label: "tests"))
        log.flush()
        #expect(text.withLock { $0.isEmpty })
    }

    @Test(
        "says an address that can be called",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost"), ("0.0.0.0", "127.0.0.1"),
            ("::1", "[::1]"), ("0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]"), ("::", "[::1]"),
            ("0:0:0:0:0:0:0:0", "[::1]"), ("::0", "[::1]"), ("::ffff:0.0.0.0", "127.0.0.1"),
            ("::ffff:127.0.0.1", "[::ffff:127.0.0.1]"), ("192.0.2.7", "192.0.2.7"),
        ]
    )
    func reachable(_ host: String, _ name: String) {
        #expect(HostText.reachable(host) == name)
    }
}
