import Foundation
import Testing

@testable import PocketvaultServer

@Suite("The agent's token")
struct AgentTokenTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "pocketvault-token-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        return "\(folder)/\(name)"
    }

    private func known(
        _ environment: [String: String],
        file: String? = nil
    ) throws -> AgentToken? {
        try AgentToken.known(
            file: file,
            environment: environment,
            database: "\(folder)/vault.db"
        )
    }

    @Test func `A file that was named comes first, then the variables in their order`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let all = [
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "three", "AWS_SESSION_TOKEN": "two",
            "AWS_TOKEN": "one",
        ]
        #expect(try known(all, file: try write(" zero\n", to: "given"))?.text == "zero")
        #expect(try known(all)?.text == "one")
        #expect(try known(["AWS_TOKEN": "", "AWS_SESSION_TOKEN": "two"])?.text == "two")
        #expect(try known(["AWS_CONTAINER_AUTHORIZATION_TOKEN": "three"])?.text == "three")
        #expect(try known([:]) == nil)
    }

    @Test func `A variable may name a file`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = try write("from-a-file\n", to: "token")
        #expect(try known(["AWS_TOKEN": "file://\(path)"])?.text == "from-a-file")
        #expect(throws: StartError.self) { try known(["AWS_TOKEN": "file:///nowhere"]) }
        let empty = try write("\n", to: "empty")
        #expect(throws: StartError.self) { try known([:], file: empty) }
    }

    @Test func `One is made beside the vault, for its owner alone, and stays`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = Configuration()
        configuration.database = "\(folder)/vault.db"
        let made = try AgentToken.ready(for: configuration, [:])
        #expect(made.text.utf8.count >= 40 && !made.isTransient)
        let path = "\(folder)/agent-token"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try AgentToken.ready(for: configuration, [:]).text == made.text)
        #expect(try known([:])?.text == made.text)
    }

    @Test func `A vault in memory has one for each run`() throws {
        var configuration = Configuration()
        configuration.database = ":memory:"
        let first = try AgentToken.ready(for: configuration, [:])
        #expect(first.isTransient && first.file == nil)
        #expect(try AgentToken.ready(for: configuration, [:]).text != first.text)
    }
}
