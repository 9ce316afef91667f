import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("ReplicateSecretToRegions")
struct ReplicateSecretToRegionsTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", token: version("1"), ["Description": "first"])
    }

    private func refusal(_ regions: JSONValue) -> Refusal? {
        vault.refusal(
            of: .replicateSecretToRegions,
            ["SecretId": "a", "AddReplicaRegions": regions]
        )
    }

    @Test("the answer says that it is in progress, DescribeSecret that it succeeded")
    func status() throws {
        let answer = try vault.replicate("a", to: "eu-west-1")
        #expect(
            answer.text
                == #"{"ARN":"\#(arn)","ReplicationStatus":[{"KmsKeyId":"#
                + #""alias/aws/secretsmanager","Region":"eu-west-1","Status":"InProgress"}]}"#
        )
        let description = try vault.describe("a")
        #expect(
            description["ReplicationStatus"]?.text
                == #"[{"KmsKeyId":"alias/aws/secretsmanager","Region":"eu-west-1","#
                + #""Status":"InSync","StatusMessage":"Replication succeeded"}]"#
        )
        #expect(description["PrimaryRegion"] == "us-east-1")
    }

    @Test("a replica has the name, the suffix and the value, and a key and dates of its own")
    func replica() throws {
        vault.clock.advance(hours: 1)
        try vault.call(
            .replicateSecretToRegions,
            [
                "SecretId": "a",
                "AddReplicaRegions": [["Region": "eu-west-1", "KmsKeyId": "alias/eu"]],
            ]
        )
        let copy = try vault.describe("a", by: europe)
        #expect(copy["ARN"]?.string == arn.replacing("us-east-1", with: "eu-west-1"))
        #expect(copy["KmsKeyId"] == "alias/eu")
        #expect(copy["Description"] == "first")
        #expect(copy["PrimaryRegion"] == "us-east-1")
        #expect(copy["ReplicationStatus"] == nil)
        #expect(copy["CreatedDate"]?.milliseconds == startOfTests + 3_600_000)
        #expect(copy["LastAccessedDate"] == nil)
        let value = try vault.call(.getSecretValue, ["SecretId": "a"], by: europe)
        #expect(value["SecretString"] == "first")
        #expect(value["VersionId"]?.string == version("1"))
    }

    @Test("reading a replica moves its own LastAccessedDate, which the primary shows")
    func access() throws {
        try vault.replicate("a", to: "eu-west-1")
        try vault.call(.getSecretValue, ["SecretId": "a"], by: europe)
        let description = try vault.describe("a")
        #expect(description["LastAccessedDate"] == nil)
        #expect(
            description["ReplicationStatus"][0]?["LastAccessedDate"]?.milliseconds
                == firstDay * 1_000
        )
    }

    @Test("AWS lists no versions of a replica")
    func versions() throws {
        try vault.replicate("a", to: "eu-west-1")
        let answer = try vault.call(.listSecretVersionIDs, ["SecretId": "a"], by: europe)
        #expect(answer["Versions"] == [])
    }

    @Test("a region that is none, unknown or the secret's own is refused")
    func badRegions() throws {
        for regions: JSONValue in [
            [["Region": "us-east-1"]], [["Region": "mars-north-1"]], [["Region": "cn-north-1"]],
        ] {
            #expect(refusal(regions) == .badReplicaRegion)
        }
        #expect(refusal([["Region": "Europe"]])?.code == "ValidationException")
        #expect(refusal([[:]]) == .invalid("You must provide a region for each replica."))
        #expect(refusal([]) == .constraint("'[]'", "addReplicaRegions", atLeast(1)))
        #expect(try vault.describe("a")["PrimaryRegion"] == nil)
    }

    @Test("where the name is taken the replica fails, which later calls tell")
    func nameTaken() throws {
        try vault.create("a", value: "european", by: europe)
        let answer = try vault.replicate("a", to: "eu-west-1", "eu-west-2")
        #expect(answer["ReplicationStatus"][0]?["Status"] == "InProgress")
        #expect(
            try vault.replication(of: "a") == [
                "eu-west-1 Failed Replication failed: Secret name a already exists in region"
                    + " eu-west-1.",
                "eu-west-2 InSync Replication succeeded",
            ]
        )
        let value = try vault.call(.getSecretValue, ["SecretId": "a"], by: europe)
        #expect(value["SecretString"] == "european")
    }

    @Test("a failed replica may be tried again, with force over a secret that stands alone")
    func force() throws {
        try vault.create("a", value: "european", by: europe)
        try vault.replicate("a", to: "eu-west-1")
        try vault.replicate("a", to: "eu-west-1", overwriting: true)
        #expect(try vault.replication(of: "a") == ["eu-west-1 InSync Replication succeeded"])
        let value = try vault.call(.getSecretValue, ["SecretId": "a"], by: europe)
        #expect(value["SecretString"] == "first")
    }

    @Test("force takes no replica of another secret, and no primary")
    func forceOnReplica() throws {
        try vault.create("a", ["AddReplicaRegions": [["Region": "eu-west-2"]]], by: europe)
        try vault.replicate("a", to: "eu-west-1", "eu-west-2", overwriting: true)
        #expect(try vault.replication(of: "a").allSatisfy { $0.contains("Failed") })
    }

    @Test("what happened is in the audit trail")
    func events() throws {
        try vault.create("a", by: europe)
        try vault.replicate("a", to: "eu-west-1", "eu-west-2")
        let names = try vault.serviceEvents().map(\.eventName)
        #expect(
            names == [
                "ReplicationStarted", "ReplicationFailed", "ReplicationStarted",
                "ReplicationSucceeded",
            ]
        )
    }
}
