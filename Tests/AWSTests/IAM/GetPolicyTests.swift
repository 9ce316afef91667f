import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetPolicyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `A policy is shown with its description, its tags and its counts`() throws {
        let arn = try vault.createPolicy(
            "read",
            IAMDocument.read,
            [
                "Path": "/team/", "Description": "reads",
                "Tags": [["Key": "a", "Value": "1"]],
            ]
        )
        for holder in Holder.allCases {
            try vault.create(holder, "ci")
            try vault.attach(arn, to: holder, "ci")
        }
        try vault.bound(.role, "ci", by: arn)
        let policy = try vault.describePolicy(arn)
        let id = try #require(policy["PolicyId"]?.string)
        #expect(
            policy.text
                == #"{"PolicyName":"read","PolicyId":"\#(id)","Arn":"\#(arn)","Path":"/team/","#
                + #""DefaultVersionId":"v1","AttachmentCount":2,"#
                + #""PermissionsBoundaryUsageCount":1,"IsAttachable":true,"Description":"reads","#
                + #""CreateDate":"2026-01-15T10:00:00Z","UpdateDate":"2026-01-15T10:00:00Z","#
                + #""Tags":[{"Key":"a","Value":"1"}]}"#
        )
    }

    @Test func `A policy of AWS is in every account, with the counts of that account`() throws {
        let arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
        try vault.create(.user, "ci")
        try vault.attach(arn, to: .user, "ci")
        let own = try vault.describePolicy(arn)
        #expect(own["PolicyName"] == "SecretsManagerReadWrite")
        #expect(own["AttachmentCount"] == 1)
        let theirs = try vault.iam(.getPolicy, ["PolicyArn": "\(arn)"], by: stranger)["Policy"]
        #expect(theirs?["AttachmentCount"] == 0)
        #expect(theirs?["PolicyId"] == own["PolicyId"])
    }
}
