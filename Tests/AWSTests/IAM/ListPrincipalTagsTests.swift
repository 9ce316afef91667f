import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListPrincipalTagsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .listUserTags, role: .listRoleTags)
    }

    @Test(arguments: Holder.allCases)
    func `Tags are listed in the order in which they came`(holder: Holder) throws {
        try vault.create(
            holder,
            "ci",
            ["Tags": [["Key": "b", "Value": "1"], ["Key": "a", "Value": ""]]]
        )
        #expect(
            try vault.iam(action(holder), holder.named("CI")).text
                == #"{"IsTruncated":false,"Tags":[{"Key":"b","Value":"1"},"#
                + #"{"Key":"a","Value":""}]}"#
        )
    }

    @Test(arguments: Holder.allCases)
    func `Who has no tags has an empty list`(holder: Holder) throws {
        try vault.create(holder, "ci")
        let answer = try vault.iam(action(holder), holder.named("ci"))
        #expect(answer.text == #"{"IsTruncated":false,"Tags":[]}"#)
    }
}
