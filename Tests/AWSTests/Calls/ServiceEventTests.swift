import AWS
import JSON
import TestSupport
import Testing

@Suite("What the service does on its own is in the audit trail")
struct ServiceEventTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", token: version("1"))
        try vault.call(
            .putSecretValue,
            ["SecretId": "a", "SecretString": "v", "ClientRequestToken": .string(version("2"))]
        )
    }

    private func expect(_ name: String) throws {
        let events = try vault.serviceEvents().filter { $0.eventName == name }
        #expect(events.map(\.resourceARN) == [arn, arn])
        #expect(
            events.map(\.requestParameters)
                == ["1", "2"].map { #"{"SecretId":"\#(arn)","VersionId":"\#(version($0))"}"# }
        )
        #expect(events.allSatisfy { $0.sourceAddress == "secretsmanager.amazonaws.com" })
    }

    @Test func `A deletion begins for each version when it is scheduled`() throws {
        try vault.call(.deleteSecret, ["SecretId": "a"])
        try expect("StartSecretVersionDelete")
        #expect(try vault.serviceEvents().count == 2)
    }

    @Test func `A deletion that is taken back is cancelled for each version`() throws {
        try vault.call(.deleteSecret, ["SecretId": "a"])
        try vault.call(.restoreSecret, ["SecretId": "a"])
        try expect("CancelSecretVersionDelete")
    }

    @Test func `A restore of what was not scheduled cancels nothing`() throws {
        try vault.call(.restoreSecret, ["SecretId": "a"])
        #expect(try vault.serviceEvents().isEmpty)
    }

    @Test func `A forced deletion ends each version at once`() throws {
        try vault.call(.deleteSecret, ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        try expect("EndSecretVersionDelete")
    }
}
