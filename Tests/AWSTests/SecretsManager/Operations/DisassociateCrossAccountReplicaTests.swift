import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("DisassociateCrossAccountReplica")
struct DisassociateCrossAccountReplicaTests {
    let vault: ScratchVault
    let other = Caller.root(account: "222233334444")
    let primary: String
    let replica: String

    init() throws {
        vault = try ScratchVault()
        primary = try vault.create("a", token: version("1"))
        replica = try vault.create(
            "a",
            value: nil,
            ["CrossAccountPrimaryARN": .string(primary), "KmsKeyId": "alias/theirs"],
            by: other
        )
    }

    private func associate() throws {
        try vault.call(
            .associateCrossAccountReplica,
            ["SecretId": "a", "CrossAccountReplicaARN": .string(replica)]
        )
    }

    private func status() throws -> JSONValue? {
        try vault.describe("a", by: other)["CrossAccountPrimary"]
    }

    @Test("disassociated, it stays as it is, detached, until it is made to stand alone")
    func detached() throws {
        try associate()
        let answer = try vault.call(
            .disassociateCrossAccountReplica,
            ["SecretId": "a", "CrossAccountReplicaARN": .string(replica)]
        )
        #expect(
            answer.text == #"{"ARN":"\#(primary)","CrossAccountReplicaARN":"\#(replica)"}"#
        )
        #expect(try status()?["ReplicationStatus"] == "Detached")
        #expect(try vault.describe("a")["CrossAccountReplicas"] == nil)
        try vault.put("second", on: "a", token: version("2"))
        let value = try vault.call(.getSecretValue, ["SecretId": "a"], by: other)
        #expect(value["SecretString"] == "first")
        try vault.call(.stopReplicationToReplica, ["SecretId": "a"], by: other)
        #expect(try status() == nil)
        try vault.call(.deleteSecret, ["SecretId": "a"], by: other)
        try vault.call(.deleteSecret, ["SecretId": "a"])
    }
}
