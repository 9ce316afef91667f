import AWS
import JSON
import TestSupport
import Testing

@Suite("A copy under another key is a read")
struct CopyTests {
    private static let uses = ["kms:Decrypt", "kms:GenerateDataKey"]
    private static let regional = Copying.allCases.filter(\.isToRegion)
    private static let crossAccount = Copying.allCases.filter { !$0.isToRegion }

    /// Status and message of the one replica.
    private func replica(_ world: CopyWorld) throws -> String {
        try world.vault.replication(of: "a").first ?? ""
    }

    @Test(
        "to another region: the replica fails in KMS's words, and nothing is copied, later neither",
        arguments: [
            (.replicateSecretToRegions, "kms:Decrypt"),
            (.replicateSecretToRegions, "kms:GenerateDataKey"),
            (.createSecretWithReplicas, "kms:GenerateDataKey"),
        ] as [(Copying, String)]
    )
    func region(copying: Copying, lacking: String) throws {
        let world = try CopyWorld(copying, lacking: lacking)
        #expect(world.copy() == nil)
        let key = lacking == "kms:Decrypt" ? world.primaryKey : world.copyKey
        let uuid = try Regex("Request ID: [0-9a-f-]{36};")
        #expect(
            try replica(world).replacing(uuid, with: "Request ID: ID;")
                == "eu-west-1 Failed Replication failed:"
                + " User: arn:aws:iam::000000000000:user/copier is not authorized to perform:"
                + " \(lacking) on resource: \(key)"
                + " because no identity-based policy allows the \(lacking) action"
                + " (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException;"
                + " Request ID: ID; Proxy: null)"
        )
        #expect(!world.hasCopy)
        try world.vault.put("second", on: "a", token: version("2"))
        #expect(!world.hasCopy)
        let records = try world.vault.auditRecords()
        #expect(records.contains { $0.decision?.hasPrefix("\(lacking): ") == true })
    }

    @Test("every refusal of KMS has a request id of its own")
    func requestIDs() throws {
        let world = try CopyWorld(.replicateSecretToRegions, lacking: "kms:Decrypt")
        #expect(world.copy() == nil)
        let first = try replica(world)
        #expect(world.copy() == nil)
        let second = try replica(world)
        #expect(first != second)
        #expect(!second.contains("00000000-0000-4000-8000-000000000001"))
    }

    @Test("a replica that was refused is made when its key may be used", arguments: regional)
    func again(copying: Copying) throws {
        let world = try CopyWorld(copying, lacking: "kms:GenerateDataKey")
        #expect(world.copy() == nil)
        #expect(!world.hasCopy)
        let regions: JSONValue = [["Region": "eu-west-1", "KmsKeyId": .string(world.copyKey)]]
        let members: JSONValue = ["SecretId": "a", "AddReplicaRegions": regions]
        try world.vault.call(.replicateSecretToRegions, members)
        #expect(try replica(world) == "eu-west-1 InSync Replication succeeded")
    }

    @Test("to another account: refused in the words of a read", arguments: crossAccount, uses)
    func account(copying: Copying, lacking: String) throws {
        let world = try CopyWorld(copying, lacking: lacking)
        let before = try world.vault.describe("a")
        #expect(world.copy() == .noAccessToKMS)
        #expect(try world.vault.describe("a") == before)
        #expect(world.readCopy == nil)
        #expect(world.hasCopy == (copying == .associateCrossAccountReplica))
        guard world.hasCopy else { return }
        let link = try world.vault.describe("a", by: world.reader)["CrossAccountPrimary"]
        #expect(link?["ReplicationStatus"] == "Pending")
    }

    @Test("whoever may use both keys copies", arguments: Copying.allCases)
    func both(copying: Copying) throws {
        let world = try CopyWorld(copying)
        #expect(world.copy() == nil)
        #expect(world.hasCopy)
        #expect(world.readCopy == (world.primary.isEmpty || world.isPending ? nil : "first"))
        if copying.isToRegion {
            #expect(try replica(world) == "eu-west-1 InSync Replication succeeded")
        }
    }

    @Test(
        "the default key needs no permission within the account",
        arguments: Copying.allCases.filter { $0 != .createSecretAsReplica }
    )
    func defaultKey(copying: Copying) throws {
        let world = try CopyWorld(copying, lacking: "kms:Decrypt", isUnderDefaultKey: true)
        #expect(world.copy() == nil)
        #expect(world.hasCopy)
        #expect(world.readCopy == (world.primary.isEmpty ? nil : "first"))
    }

    @Test("the default key is closed to other accounts, whatever policies say")
    func foreignDefaultKey() throws {
        let world = try CopyWorld(.createSecretAsReplica, isUnderDefaultKey: true)
        #expect(world.copy() == .noAccessToKMS)
        #expect(!world.hasCopy)
    }

    @Test("a caller from outside cannot take a value from under the default key by a replica")
    func foreignReplication() throws {
        let vault = try ScratchVault(authorization: .enforce)
        let arn = try vault.create("a")
        let user = try vault.user(
            "u",
            account: CopyWorld.theirs,
            policies: [PolicyDraft.statement("Allow", "*")]
        )
        let policy = PolicyDraft.statement(
            "Allow",
            "secretsmanager:*",
            principal: #"{"AWS":"arn:aws:iam::\#(CopyWorld.theirs):root"}"#
        )
        try vault.putPolicy(policy, on: arn)
        let regions: JSONValue = [["Region": "eu-west-1", "KmsKeyId": "alias/theirs"]]
        let members: JSONValue = ["SecretId": .string(arn), "AddReplicaRegions": regions]
        try vault.call(.replicateSecretToRegions, members, by: user)
        let status = try vault.replication(of: "a").first
        #expect(status?.contains("to perform: kms:Decrypt on this resource because") == true)
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "a"], by: europe) == .unknownSecret)
    }

    @Test(
        "where refusals are only reported it passes, and the trail says what is missing",
        arguments: Copying.allCases,
        uses
    )
    func report(copying: Copying, lacking: String) throws {
        let world = try CopyWorld(copying, .report, lacking: lacking)
        #expect(world.copy() == nil)
        #expect(world.hasCopy)
        if copying.isToRegion {
            #expect(try replica(world) == "eu-west-1 InSync Replication succeeded")
        }
        let decisions = try world.vault.auditRecords().compactMap(\.decision)
        #expect(
            decisions.contains {
                $0.contains("Would be refused: User: \(world.caller.principal.arn)")
                    && $0.contains("perform: \(lacking) on ")
            }
        )
    }

    @Test("where nobody needs permission it passes", arguments: Copying.allCases, uses)
    func off(copying: Copying, lacking: String) throws {
        let world = try CopyWorld(copying, .off, lacking: lacking)
        #expect(world.copy() == nil)
        #expect(world.hasCopy)
    }
}

extension CopyWorld {
    /// Whether the copy waits for the primary's account to associate it.
    fileprivate var isPending: Bool { copying == .createSecretAsReplica }
}
