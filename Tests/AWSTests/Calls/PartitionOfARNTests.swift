import AWS
import JSON
import TestSupport
import Testing

/// C57: an ARN is of its region's partition, in answers and in requests.
@Suite struct PartitionOfARNTests {
    let vault: ScratchVault
    private static let china = Caller.root(region: "cn-north-1")

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `C57: a secret is not found by an ARN of another partition, whole or in part`()
        throws
    {
        let arn = try vault.create("app/db", by: Self.china)
        #expect(arn.hasPrefix("arn:aws-cn:secretsmanager:cn-north-1:000000000000:secret:app/db-"))
        for id in [arn, String(arn.dropLast(7))] {
            #expect(
                vault.refusal(of: .describeSecret, ["SecretId": .string(id)], by: Self.china) == nil
            )
            let other = id.replacing("arn:aws-cn:", with: "arn:aws:")
            #expect(
                vault.refusal(of: .describeSecret, ["SecretId": .string(other)], by: Self.china)
                    == .unknownSecret
            )
        }
    }

    @Test func `C57: a key is none by an ARN of another partition`() throws {
        let key = try vault.kms(.createKey, by: Self.china)["KeyMetadata"]?["Arn"]?.string ?? ""
        #expect(key.hasPrefix("arn:aws-cn:kms:cn-north-1:"))
        let other = key.replacing("arn:aws-cn:", with: "arn:aws:")
        #expect(
            vault.refusal(ofKMS: .describeKey, ["KeyId": .string(other)], by: Self.china)?.code
                == "InvalidArnException"
        )
    }

    @Test func `C57: what AWS has in China is called so in its policies`() throws {
        let arn = "arn:aws-cn:iam::aws:policy/AWSSecretsManagerClientReadOnlyAccess"
        let version = try vault.iam(
            .getPolicyVersion,
            ["PolicyArn": "\(arn)", "VersionId": "v1"],
            by: Self.china
        )["PolicyVersion"]
        let document = version?["Document"]?.string ?? ""
        #expect(document.contains(IAMDocument.escaped("secretsmanager.*.amazonaws.com.cn")))
        try vault.create("app/db", by: Self.china)
        let key: JSONValue = ["KeyId": "alias/aws/secretsmanager"]
        let id = try vault.kms(.describeKey, key, by: Self.china)["KeyMetadata"]?["KeyId"]
        let policy = try vault.kms(.getKeyPolicy, ["KeyId": id ?? .null], by: Self.china)["Policy"]
        #expect(policy?.string?.contains("secretsmanager.cn-north-1.amazonaws.com.cn") == true)
    }

    @Test(arguments: Holder.allCases)
    func `C57: a policy of another partition cannot be attached, nor be a boundary`(
        holder: Holder
    ) throws {
        try vault.create(holder, "cn", by: Self.china)
        let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        let expected = Refusal("InvalidInput", "ARN \(arn) is not valid.")
        let attach = holder.action(user: .attachUserPolicy, role: .attachRolePolicy)
        let bound = holder.action(
            user: .putUserPermissionsBoundary,
            role: .putRolePermissionsBoundary
        )
        for (action, member) in [(attach, "PolicyArn"), (bound, "PermissionsBoundary")] {
            var members = holder.named("cn")
            members.set(member, .string(arn))
            #expect(vault.refusal(ofIAM: action, members, by: Self.china) == expected)
            members.set(member, .string(arn.replacing("arn:aws:", with: "arn:aws-cn:")))
            #expect(vault.refusal(ofIAM: action, members, by: Self.china) == nil)
        }
    }
}
