import AWS
import Cryptography
import Glibc
import System
import Testing
import Threads

@testable import Storage

/// A folder of a test's own, with the means to open vaults in it; it goes with the object.
final class ScratchFolder: Sendable {
    let path: String
    let masterKey: KeyMaterial

    init() throws {
        var template = Array("/tmp/pocketvault-tests-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        masterKey = try KeyMaterial.random()
    }

    deinit {
        Files.remove(path)
    }

    var database: String { path + "/vault.db" }

    func open(
        _ name: String = "vault.db",
        masterKey source: MasterKeySource? = nil,
        adjust: (inout VaultConfiguration) -> Void = { _ in }
    ) throws -> SQLiteVault {
        var configuration = VaultConfiguration(
            path: "\(path)/\(name)",
            masterKey: source ?? .bytes(masterKey)
        )
        adjust(&configuration)
        return try SQLiteVault.open(configuration)
    }

    /// A second connection to the database, as an intruder in the file would have it.
    func tamper(_ sql: String) throws {
        try Connection(path: database, for: .writing).execute(sql)
    }

    /// Makes the master key's check value that of a vault from before rows were sealed, and takes the seal
    /// away.
    func unseal(_ name: String = "vault.db") throws {
        let former = try AESGCM.seal(
            [],
            key: masterKey,
            additionalData: EncryptionContext.masterKeyCheck.bytes
        )
        let connection = try Connection(path: "\(path)/\(name)", for: .writing)
        try connection.execute("DELETE FROM meta WHERE name = 'row_seal'")
        try forgetMark(in: connection)
        let change = try connection.statement(MetaTable.set)
        try change.bind(1, MetaName.checkValue.rawValue)
        try change.bind(2, blob: former)
        try change.run()
    }

    /// Has the end of the trail say nothing of a seal.
    private func forgetMark(in connection: Connection) throws {
        let transaction = SQLiteTransaction(connection, MasterKeys(masterKey))
        try transaction.begin(.beginImmediate)
        let key = try transaction.keyring.key(named: AuditChain.keyName, connection)
        let chain = AuditChain(key: key.material)
        if let text = try transaction.text(.auditAnchor), var anchor = AuditAnchor(text, chain) {
            anchor.rows = nil
            try transaction.setText(anchor.text(chain), .auditAnchor)
        }
        try transaction.commit()
    }

    /// What the first column of the first row says.
    func number(_ sql: String) throws -> Int64 {
        try Connection(path: database, for: .reading).integer(sql)
    }

    func contents(of name: String) -> [UInt8] { Files.contents(of: "\(path)/\(name)") ?? [] }

    func write(_ contents: [UInt8], to name: String, mode: mode_t = 0o600) throws {
        let file = try #require(fopen("\(path)/\(name)", "w"))
        fwrite(contents, 1, contents.count, file)
        fclose(file)
        chmod("\(path)/\(name)", mode)
    }

    func mode(of name: String) throws -> mode_t {
        var status = stat()
        try #require(stat("\(path)/\(name)", &status) == 0)
        return status.st_mode & 0o777
    }

    static func names(in folder: String) -> [String] { Files.names(in: folder) ?? [] }
}

extension SQLiteVault {
    /// Runs a change in the write lane, whole or not at all, and waits for its commit.
    @discardableResult
    func change<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        try writeAndWait(body)
    }

    /// Has readers look at the file again, where an intruder may have been.
    func forgetReads() throws {
        try writeAndWait { _ throws(APIError) in }
    }

    /// Has the server itself do something that no operation can do.
    func execute(_ sql: String) throws {
        try writeAndWait { vault throws(APIError) in
            guard let transaction = vault as? SQLiteTransaction else { return }
            try transaction.translatingErrors { try transaction.connection.execute(sql) }
        }
    }

    /// Asks the vault.
    func ask<Answer: Sendable>(
        _ body: (any VaultReading) throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        try reading(body)
    }
}

extension VaultReading {
    /// The port's one connection, for what no operation can do.
    var connection: Connection {
        get throws {
            try #require(self as? SQLiteTransaction).connection
        }
    }
}
