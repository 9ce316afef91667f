public import Testing

/// Gives each test an account of its own in the shared vault, while it runs.
///
/// On a suite it counts for each of its tests, and for each case of one that has arguments.
public struct VaultTrait: TestTrait, SuiteTrait, TestScoping {
    /// Files and directories of seed documents: what each test finds in its account.
    public let seeds: [String]

    /// The tests of a suite have an account each, and not one together.
    public let isRecursive = true

    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let vault = try TestVault.shared(seeds: seeds)
        let account = try vault.account(from: seeds.isEmpty ? nil : TestVault.seededAccount)
        defer { try? vault.drop(account) }
        try await VaultAccount.$current.withValue(account, operation: body)
    }
}

extension Trait where Self == VaultTrait {
    /// An empty account for each test: `VaultAccount.current`.
    public static var vault: VaultTrait { VaultTrait(seeds: []) }

    /// An account for each test with what seeds put into account 000000000000.
    public static func vault(seeds: String...) -> VaultTrait { VaultTrait(seeds: seeds) }
}

extension TestVault {
    /// Where seeds go that name no account.
    static let seededAccount = "000000000000"
}
