import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("A vault that nobody serves")
struct UnservedVaultTests {
    @Test func `It answers as a server would, and keeps what it was told`() throws {
        var configuration = Configuration()
        configuration.database = ":memory:"
        let vault = try UnservedVault.open(configuration) { _ in }
        defer { vault.close() }
        let token = "11111111-2222-4333-8444-555555555555"
        let made = call(
            vault,
            "CreateSecret",
            #"{"Name":"a","SecretString":"b","ClientRequestToken":"\#(token)"}"#
        )
        #expect(made.status == 200)
        let got = call(vault, "GetSecretValue", #"{"SecretId":"a"}"#)
        #expect(got.json["SecretString"]?.string == "b")
        let ready = vault.answer(.get("/_pocketvault/ready"))
        #expect(ready.status == 200)
    }

    private func call(_ vault: UnservedVault, _ operation: String, _ body: String) -> HTTPResponse {
        vault.answer(
            .post(
                body,
                [
                    (name: "X-Amz-Target", value: "secretsmanager.\(operation)"),
                    (name: "Content-Type", value: "application/x-amz-json-1.1"),
                ]
            )
        )
    }
}
