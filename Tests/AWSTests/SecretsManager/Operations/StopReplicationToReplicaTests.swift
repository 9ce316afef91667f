import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("StopReplicationToReplica")
struct StopReplicationToReplicaTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a")
        try vault.replicate("a", to: "eu-west-1")
    }

    @Test("the replica becomes a secret of its own, with the same ARN and value")
    func promotes() throws {
        let answer = try vault.call(.stopReplicationToReplica, ["SecretId": "a"], by: europe)
        let copyARN = arn.replacing("us-east-1", with: "eu-west-1")
        #expect(answer.text == #"{"ARN":"\#(copyARN)"}"#)
        let copy = try vault.describe("a", by: europe)
        #expect(copy["PrimaryRegion"] == nil)
        try vault.call(.putSecretValue, ["SecretId": "a", "SecretString": "own"], by: europe)
        #expect(try vault.value(of: "a") == "first")
    }

    @Test("the primary forgets it, and no longer changes it")
    func forgets() throws {
        try vault.call(.stopReplicationToReplica, ["SecretId": "a"], by: europe)
        #expect(try vault.describe("a")["ReplicationStatus"] == nil)
        #expect(try vault.describe("a")["PrimaryRegion"] == nil)
        try vault.put("second", on: "a", token: version("2"))
        let value = try vault.call(.getSecretValue, ["SecretId": "a"], by: europe)
        #expect(value["SecretString"] == "first")
    }

    @Test("replicating there again needs force")
    func again() throws {
        try vault.call(.stopReplicationToReplica, ["SecretId": "a"], by: europe)
        try vault.replicate("a", to: "eu-west-1")
        #expect(try vault.replication(of: "a")[0].contains("Failed"))
        try vault.replicate("a", to: "eu-west-1", overwriting: true)
        #expect(try vault.replication(of: "a") == ["eu-west-1 InSync Replication succeeded"])
    }

    @Test("on a primary and on a secret without replicas it is refused")
    func onPrimary() throws {
        try vault.create("b")
        for name: JSONValue in ["a", "b"] {
            #expect(vault.refusal(of: .stopReplicationToReplica, ["SecretId": name]) == .onPrimary)
        }
    }
}
