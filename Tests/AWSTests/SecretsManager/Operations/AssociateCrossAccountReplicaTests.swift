import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("AssociateCrossAccountReplica")
struct AssociateCrossAccountReplicaTests {
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

    @discardableResult
    private func associate(_ others: JSONValue = [:]) throws -> JSONValue {
        var members = others
        members.set("SecretId", "a")
        members.set("CrossAccountReplicaARN", .string(replica))
        return try vault.call(.associateCrossAccountReplica, members)
    }

    private func status() throws -> JSONValue? {
        try vault.describe("a", by: other)["CrossAccountPrimary"]
    }

    @Test("it is pending, and without a value, until the primary's owner associates it")
    func pending() throws {
        #expect(
            try status()?.text
                == #"{"PrimarySecretARN":"\#(primary)","ReplicationStatus":"Pending"}"#
        )
        #expect(try vault.describe("a")["CrossAccountReplicas"] == nil)
        #expect(
            vault.refusal(of: .getSecretValue, ["SecretId": "a"], by: other)
                == .nothingUnder(label: "AWSCURRENT")
        )
    }

    @Test("associated, it has the value and follows every change, under its own key")
    func follows() throws {
        let role: JSONValue = ["ReplicationRoleARN": "arn:aws:iam::000000000000:role/replicator"]
        #expect(
            try associate(role).text
                == #"{"ARN":"\#(primary)","CrossAccountReplicaARN":"\#(replica)","#
                + #""ReplicationStatus":"InSync"}"#
        )
        #expect(try status()?["ReplicationStatus"] == "InSync")
        let known = try vault.describe("a")["CrossAccountReplicas"][0]
        #expect(known?["ReplicaSecretARN"]?.string == replica)
        #expect(known?["ReplicationRoleARN"] == "arn:aws:iam::000000000000:role/replicator")
        try vault.put("second", on: "a", token: version("2"))
        let value = try vault.call(.getSecretValue, ["SecretId": "a"], by: other)
        #expect(value["SecretString"] == "second")
        #expect(try vault.describe("a", by: other)["KmsKeyId"] == "alias/theirs")
    }

    @Test("associating again is a success; a second replica is one too many")
    func again() throws {
        try associate()
        try associate()
        let third = Caller.root(account: "333344445555")
        let second = try vault.create(
            "a",
            value: nil,
            ["CrossAccountPrimaryARN": .string(primary), "KmsKeyId": "alias/k"],
            by: third
        )
        let refusal = vault.refusal(
            of: .associateCrossAccountReplica,
            ["SecretId": "a", "CrossAccountReplicaARN": .string(second)]
        )
        #expect(refusal?.code == "LimitExceededException")
    }

    @Test("it refuses changes, and its primary deletion")
    func refuses() throws {
        try associate()
        #expect(
            vault.refusal(of: .deleteSecret, ["SecretId": "a"], by: other) == .onReplica
        )
        #expect(
            vault.refusal(of: .deleteSecret, ["SecretId": "a"])?.code == "InvalidParameterException"
        )
    }

    @Test("when the replica leaves, the primary sees it detached")
    func leaves() throws {
        try associate()
        try vault.call(.stopReplicationToReplica, ["SecretId": "a"], by: other)
        let known = try vault.describe("a")["CrossAccountReplicas"][0]
        #expect(known?["ReplicationStatus"] == "Detached")
        try vault.call(.deleteSecret, ["SecretId": "a"])
    }

    @Test("the replica has a policy of its own for its primary's account, until it stands alone")
    func replicationPolicy() throws {
        let list: JSONValue = ["SecretId": "a"]
        let policies = try vault.call(.listResourcePolicies, list, by: other)["ResourcePolicies"]
        #expect(policies?.text == #"[{"PolicyName":"CrossAccountReplication"}]"#)
        let members: JSONValue = ["SecretId": "a", "PolicyName": "CrossAccountReplication"]
        let answer = try vault.call(.getResourcePolicy, members, by: other)
        let policy = answer["ResourcePolicy"]?.string
        #expect(policy?.contains("secretsmanager:AcceptCrossAccountReplication") == true)
        #expect(policy?.contains("arn:aws:iam::000000000000:root") == true)
        #expect(try vault.call(.getResourcePolicy, list, by: other)["ResourcePolicy"] == nil)
        try associate()
        try vault.call(.stopReplicationToReplica, list, by: other)
        let left = try vault.call(.listResourcePolicies, list, by: other)
        #expect(left.text == #"{"ResourcePolicies":[]}"#)
    }

    @Test("it is made with a key of the customer's, for a secret of another account, and empty")
    func creation() {
        for members: JSONValue in [
            ["KmsKeyId": ""], ["KmsKeyId": "alias/aws/secretsmanager"], ["SecretString": "s"],
            ["Description": "d"], ["CrossAccountPrimaryARN": .string(replica)],
            ["CrossAccountPrimaryARN": "arn:aws:s3:::a-bucket-of-somebody"],
            [
                "CrossAccountPrimaryARN":
                    "arn:aws:secretsmanager:eu-west-1:000000000000:secret:a-AbCdEf"
            ],
            // Twelve bytes, and six digits that are none of ASCII.
            [
                "CrossAccountPrimaryARN":
                    "arn:aws:secretsmanager:us-east-1:\u{0661}\u{0662}\u{0663}\u{0664}\u{0665}\u{0666}:secret:a-AbCdEf"
            ],
        ] {
            let all = Refused(members, .badName).members(
                and: [
                    "Name": "b", "CrossAccountPrimaryARN": .string(primary),
                    "KmsKeyId": "alias/k", "ClientRequestToken": .string(version("9")),
                ]
            )
            let refusal = vault.refusal(of: .createSecret, all, by: other)
            #expect(refusal?.code == "InvalidParameterException", "\(members.text)")
        }
    }

    @Test("an ARN that is none of its replicas is refused")
    func strangers() throws {
        let stranger = try vault.create("stranger", by: other)
        for action: SecretsManagerAction in [
            .associateCrossAccountReplica, .disassociateCrossAccountReplica,
        ] {
            let refusal = vault.refusal(
                of: action,
                ["SecretId": "a", "CrossAccountReplicaARN": .string(stranger)]
            )
            #expect(refusal?.code == "InvalidRequestException")
        }
    }
}
