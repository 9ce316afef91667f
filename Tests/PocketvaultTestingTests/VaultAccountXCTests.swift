import PocketvaultTesting
import TestSupport
import XCTest

/// XCTest knows no traits: a test takes its account, and gives it back when it is torn down.
final class VaultAccountXCTests: XCTestCase {
    private var vault: VaultAccount?

    override func setUpWithError() throws {
        let account = try TestVault.shared().account()
        vault = account
        addTeardownBlock { try TestVault.shared().drop(account) }
    }

    func testEachTestHasAnAccountOfItsOwn() throws {
        try assertEmptyThenFill()
    }

    func testAnotherTestDoesNotSeeIt() throws {
        try assertEmptyThenFill()
    }

    private func assertEmptyThenFill() throws {
        let vault = try XCTUnwrap(vault)
        XCTAssertTrue(try vault.secrets().isEmpty)
        try vault.call("CreateSecret", ["Name": "app/key", "SecretString": "invented"])
    }
}
