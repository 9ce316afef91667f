import Client
import JSON
import PocketvaultTesting
import TestSupport
import Testing

@Suite("The trait that gives each test a vault", .vault)
struct VaultTraitTests {
    private let vault: VaultAccount

    init() throws {
        vault = try #require(VaultAccount.current)
    }

    /// Each makes the secret that the others would meet, and several at once.
    @Test(arguments: 0..<8) func `each case of a test begins with an empty account`(
        index: Int
    ) throws {
        #expect(try vault.secrets().isEmpty)
        try vault.call("CreateSecret", ["Name": "app/key", "SecretString": "\(index)"])
        let read = try vault.call("GetSecretValue", ["SecretId": "app/key"])
        #expect(read.text("SecretString") == "\(index)")
    }

    @Test(.vault(seeds: "seed/driftsentry.json"))
    func `seeds are there, under the account's own ARNs`() throws {
        let vault = try #require(VaultAccount.current)
        let read = try vault.call(
            "GetSecretValue",
            ["SecretId": "driftsentry/dev/database-url"]
        )
        #expect(read.text("ARN")?.contains(":\(vault.account):") == true)
    }

    @Test func `a process that a test starts is told by its environment`() {
        #expect(vault.environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] == vault.endpoint)
        #expect(vault.environment["AWS_ACCESS_KEY_ID"] == vault.account)
    }
}

@Suite("A vault of a test's own")
struct TestVaultTests {
    @Test func `a dropped account is empty, and cannot be dropped again`() throws {
        let vault = try TestVault()
        let account = try vault.account()
        try account.call("CreateSecret", ["Name": "a", "SecretString": "b"])
        try vault.drop(account)
        #expect(try account.secrets().isEmpty)
        #expect(throws: PocketvaultError.self) { try vault.drop(account) }
    }

    @Test func `the clock is moved, and recovery windows end`() throws {
        let vault = try TestVault()
        let account = try vault.account()
        try account.call("CreateSecret", ["Name": "a", "SecretString": "b"])
        try account.call("DeleteSecret", ["SecretId": "a", "RecoveryWindowInDays": 7])
        try vault.advanceClock(by: "P8D")
        #expect(throws: ClientError.self) {
            try account.call("DescribeSecret", ["SecretId": "a"])
        }
    }

    @Test func `a seed that is not there is told by its path`() throws {
        let error = #expect(throws: PocketvaultError.self) {
            try TestVault(seeds: ["/nowhere/seed.json"])
        }
        #expect(error?.description.contains("/nowhere/seed.json") == true)
    }
}
