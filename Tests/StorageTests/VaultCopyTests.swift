import AWS
import Glibc
import System
import Testing

@testable import Storage

@Suite struct VaultCopyTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
        try vault.change { vault throws(APIError) in try vault.insertSample() }
    }

    private var copy: String { folder.path + "/copy.db" }

    @Test func `A copy of an open vault is one file that its master key opens`() throws {
        try VaultCopy.make(of: folder.database, at: copy)
        #expect(try folder.mode(of: "copy.db") == 0o600)
        #expect(!Files.exists(copy + "-wal"))
        let opened = try folder.open("copy.db")
        #expect(try opened.openedSample() == Array("s3cr3t".utf8))
        let audit = try opened.verifyAudit()
        #expect(audit.fault == nil)
    }

    @Test func `A copy is as the vault was at one moment`() throws {
        try vault.change { vault throws(APIError) in try vault.insertSample(.sample("a")) }
        try VaultCopy.make(of: folder.database, at: copy)
        try vault.change { vault throws(APIError) in try vault.insertSample(.sample("b")) }
        let counts = try folder.open("copy.db").ask { vault throws(APIError) in
            try vault.counts()
        }
        #expect(counts == VaultCounts(secrets: 2, versions: 2))
    }

    @Test func `A copy replaces nothing`() throws {
        try folder.write(Array("mine".utf8), to: "copy.db")
        let error = #expect(throws: VaultOpeningError.self) {
            try VaultCopy.make(of: folder.database, at: copy)
        }
        #expect(error?.description.contains("is there already") == true)
        #expect(folder.contents(of: "copy.db") == Array("mine".utf8))
    }

    @Test func `What is no vault is not copied, and leaves nothing behind`() throws {
        try folder.write(Array("no database".utf8), to: "other.db")
        for path in [folder.path + "/nothing.db", folder.path + "/other.db"] {
            #expect(throws: VaultOpeningError.self) { try VaultCopy.make(of: path, at: copy) }
        }
        #expect(!ScratchFolder.names(in: folder.path).contains { $0.hasPrefix("copy") })
        #expect(!Files.exists(folder.path + "/nothing.db"))
    }

    @Test func `What was deleted is not in a copy`() throws {
        let name = "a-name-that-is-gone"
        try vault.change { vault throws(APIError) in
            let secret = try vault.insertSample(.sample(name))
            try vault.delete(secret)
        }
        try VaultCopy.make(of: folder.database, at: copy)
        #expect(folder.contents(of: "copy.db").firstRange(of: Array(name.utf8)) == nil)
    }

    @Test func `A copy without a name can be read`() throws {
        let descriptor = try vault.openCopy()
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: 16)
        #expect(read(descriptor, &header, 16) == 16)
        #expect(header.starts(with: Array("SQLite format 3".utf8)))
        #expect(!ScratchFolder.names(in: folder.path).contains { $0.contains("copy") })
    }
}
