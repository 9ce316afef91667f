import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListPolicyTagsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `Tags are listed in the order in which they came`() throws {
        let arn = try vault.createPolicy(
            "read",
            IAMDocument.read,
            ["Tags": [["Key": "b", "Value": "1"], ["Key": "a", "Value": ""]]]
        )
        #expect(
            try vault.iam(.listPolicyTags, ["PolicyArn": "\(arn)"]).text
                == #"{"IsTruncated":false,"Tags":[{"Key":"b","Value":"1"},"#
                + #"{"Key":"a","Value":""}]}"#
        )
    }

    @Test func `A policy without tags has an empty list, one of AWS too`() throws {
        let own = try vault.createPolicy("read")
        for arn in [own, "arn:aws:iam::aws:policy/ReadOnlyAccess"] {
            #expect(
                try vault.iam(.listPolicyTags, ["PolicyArn": "\(arn)"]).text
                    == #"{"IsTruncated":false,"Tags":[]}"#
            )
        }
    }
}
