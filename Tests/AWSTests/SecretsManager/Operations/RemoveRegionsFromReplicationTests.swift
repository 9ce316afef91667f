import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("RemoveRegionsFromReplication")
struct RemoveRegionsFromReplicationTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a")
        try vault.replicate("a", to: "eu-west-1", "eu-west-2")
    }

    private func remove(_ regions: JSONValue) throws -> JSONValue {
        try vault.call(
            .removeRegionsFromReplication,
            ["SecretId": "a", "RemoveReplicaRegions": regions]
        )
    }

    @Test("the replica goes, and the answer tells the rest")
    func removes() throws {
        let answer = try remove(["eu-west-1"])
        #expect(answer["ReplicationStatus"]?.elements?.map { $0["Region"] } == ["eu-west-2"])
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "a"], by: europe) == .unknownSecret)
        #expect(try vault.describe("a")["PrimaryRegion"] == "us-east-1")
    }

    @Test("after the last one the primary has no primary region, and can be deleted")
    func last() throws {
        let answer = try remove(["eu-west-1", "eu-west-2"])
        #expect(answer["ReplicationStatus"] == [])
        let description = try vault.describe("a")
        #expect(description["PrimaryRegion"] == nil)
        #expect(description["ReplicationStatus"] == nil)
        try vault.call(.deleteSecret, ["SecretId": "a"])
    }

    @Test("a region without a replica is no error")
    func absent() throws {
        let answer = try remove(["ap-south-1"])
        #expect(answer["ReplicationStatus"]?.elements?.count == 2)
    }

    @Test("what is no region breaks the model's constraints")
    func constraints() {
        for regions: JSONValue in [["Europe"], [""], []] {
            let refusal = vault.refusal(
                of: .removeRegionsFromReplication,
                ["SecretId": "a", "RemoveReplicaRegions": regions]
            )
            #expect(refusal?.code == "ValidationException")
        }
    }
}
