import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListInlinePoliciesTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for holder in Holder.allCases { try vault.create(holder, "ci") }
    }

    private func action(_ holder: Holder) -> IAMAction {
        holder.action(user: .listUserPolicies, role: .listRolePolicies)
    }

    @Test(arguments: Holder.allCases)
    func `The names are listed in their order, attached policies apart`(holder: Holder) throws {
        let empty = #"{"IsTruncated":false,"PolicyNames":[]}"#
        #expect(try vault.iam(action(holder), holder.named("ci")).text == empty)
        try vault.attach(try vault.createPolicy("attached"), to: holder, "ci")
        for name in ["b", "c", "a"] { try vault.putPolicy(name, of: holder, "ci") }
        #expect(
            try vault.iam(action(holder), holder.named("CI")).text
                == #"{"IsTruncated":false,"PolicyNames":["a","b","c"]}"#
        )
    }

    @Test(arguments: Holder.allCases, [1, 2, 3, 5, 1_000])
    func `Pages of any size hold each name once`(holder: Holder, size: Int) throws {
        for name in ["b", "c", "a", "e", "d"] { try vault.putPolicy(name, of: holder, "ci") }
        let pages = try vault.pages(
            action(holder),
            holder.named("ci", ["MaxItems": "\(size)"]),
            "PolicyNames"
        )
        #expect(pages.flatMap(\.self).compactMap(\.string) == ["a", "b", "c", "d", "e"])
        #expect(pages.dropLast().allSatisfy { $0.count == size })
    }

    @Test(arguments: Holder.allCases)
    func `A marker of somebody else's list is refused`(holder: Holder) throws {
        try vault.create(holder, "other")
        for name in ["a", "b"] { try vault.putPolicy(name, of: holder, "ci") }
        let page = try vault.iam(action(holder), holder.named("ci", ["MaxItems": "1"]))
        let marker = try #require(page["Marker"])
        for (name, marker) in [("other", marker), ("ci", "none")] {
            #expect(
                vault.refusal(ofIAM: action(holder), holder.named(name, ["Marker": marker]))
                    == .invalidMarker
            )
        }
    }

    @Test(arguments: Holder.allCases, refusedPages)
    func `A page has from 1 to 1,000 names`(holder: Holder, row: Refused) throws {
        #expect(
            vault.refusal(ofIAM: action(holder), row.members(and: holder.named("ci")))
                == row.expected.inQuery
        )
    }
}

/// MaxItems and Marker that no list of IAM takes.
let refusedPages = [
    Refused(
        ["MaxItems": "0"],
        .constraint("'0'", "maxItems", "have value greater than or equal to 1")
    ),
    Refused(
        ["MaxItems": "1001"],
        .constraint("'1001'", "maxItems", "have value less than or equal to 1000")
    ),
    Refused(["MaxItems": "many"], .malformedInput),
    Refused(["Marker": ""], .constraint("''", "marker", atLeast(1))),
]
