internal import Glibc
internal import Threads

extension TestVault {
    private static let sharedVaults = Locked<[[String]: TestVault]>([:])

    /// The vault that all tests of this process share: one for each list of seeds, started when it is
    /// first asked for.
    ///
    /// - Parameter seeds: as in `init`.
    /// - Returns: the one vault with these seeds.
    /// - Throws: `PocketvaultError`, as `init` does.
    public static func shared(seeds: [String] = []) throws(PocketvaultError) -> TestVault {
        let outcome = sharedVaults.withLock { vaults -> Result<TestVault, PocketvaultError> in
            if let vault = vaults[seeds] { return .success(vault) }
            do throws(PocketvaultError) {
                let vault = try TestVault(seeds: seeds)
                // Whoever ends the process by returning from main leaves nothing in memory's folder.
                if vaults.isEmpty { atexit { TestVault.endShared() } }
                vaults[seeds] = vault
                return .success(vault)
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private static func endShared() {
        sharedVaults.withLock { $0 = [:] }
    }

    static func complain(_ line: [UInt8]) {
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
