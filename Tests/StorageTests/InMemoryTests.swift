import AWS
import Glibc
import System
import Testing

@testable import Storage

@Suite struct InMemoryTests {
    private func open(_ folder: ScratchFolder) throws -> SQLiteVault {
        var configuration = VaultConfiguration(
            path: VaultConfiguration.inMemory,
            masterKey: .bytes(folder.masterKey)
        )
        configuration.temporaryDirectory = folder.path
        return try SQLiteVault.open(configuration)
    }

    private func place(of vault: SQLiteVault) throws -> String {
        let path = try #require(vault.temporaryFolder)
        try #require(Files.exists(path))
        return path
    }

    @Test func `A vault in memory is private, and leaves nothing`() throws {
        let folder = try ScratchFolder()
        let vault = try open(folder)
        let place = try place(of: vault)
        var status = stat()
        try #require(stat(place, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o700)
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        #expect(try vault.openedSample() == Array("s3cr3t".utf8))
        vault.close()
        #expect(!Files.exists(place))
    }

    @Test func `Two vaults in memory know nothing of each other`() throws {
        let folder = try ScratchFolder()
        let first = try open(folder)
        let second = try open(folder)
        try first.change { vault throws(APIError) in try vault.insertSample() }
        #expect(try second.openedSample() == nil)
        #expect(try place(of: first) != place(of: second))
    }

    @Test func `A vault in memory that is let go without closing leaves nothing either`() throws {
        let folder = try ScratchFolder()
        let place = try place(of: open(folder))
        #expect(!Files.exists(place))
    }

    @Test func `What a killed process left is removed by the next one`() throws {
        let folder = try ScratchFolder()
        let neighbour = try open(folder)
        let place = VaultFolder.parent(of: try place(of: neighbour))
        let abandoned = "\(place)/pocketvault-\(getpid())-left"
        try #require(mkdir(abandoned, 0o700) == 0)
        for name in ["vault.db", "vault.db-wal", "vault.lock"] {
            fclose(fopen("\(abandoned)/\(name)", "w"))
        }
        let vault = try open(folder)
        #expect(!Files.exists(abandoned))
        #expect(try neighbour.openedSample() == nil)
        vault.close()
    }
}
