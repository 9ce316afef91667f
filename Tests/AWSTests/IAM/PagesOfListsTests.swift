import AWS
import JSON
import TestSupport
import Testing

/// Every list of IAM takes MaxItems and Marker.
@Suite struct PagesOfListsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault.furnished()
        let tags: JSONValue = [
            ["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"], ["Key": "c", "Value": "3"],
        ]
        try vault.iam(.tagUser, ["UserName": "ordinary", "Tags": tags])
        try vault.iam(.tagPolicy, ["PolicyArn": "\(Furniture.policy)", "Tags": tags])
        try vault.attach("arn:aws:iam::aws:policy/ReadOnlyAccess", to: .user, "ordinary")
        try vault.createAccessKey(of: "ordinary")
    }

    private static let user: JSONValue = ["UserName": "ordinary"]
    private static let policy: JSONValue = ["PolicyArn": "\(Furniture.policy)"]

    static let lists: [(action: IAMAction, members: JSONValue, list: String, counts: [Int])] = [
        (.listUserTags, user, "Tags", [1, 1, 1]),
        (.listPolicyTags, policy, "Tags", [1, 1, 1]),
        (.listPolicyVersions, policy, "Versions", [1, 1]),
        (.listAttachedUserPolicies, user, "AttachedPolicies", [1, 1]),
        (.listAccessKeys, user, "AccessKeyMetadata", [1, 1]),
        (.listEntitiesForPolicy, policy, "PolicyRoles", [1, 0]),
        (.listEntitiesForPolicy, policy, "PolicyUsers", [0, 1]),
        (.listUsers, [:], "Users", [1, 1]),
        (.listGroups, [:], "Groups", [0]),
    ]

    @Test(arguments: lists)
    func `A list comes in pages of as many as are asked for`(
        action: IAMAction,
        members: JSONValue,
        list: String,
        counts: [Int]
    ) throws {
        var members = members
        members.set("MaxItems", "1")
        let pages = try vault.pages(action, members, list)
        #expect(pages.map(\.count) == counts)
        #expect(Set(pages.flatMap { $0 }.map(\.text)).count == counts.reduce(0, +))
    }

    @Test(arguments: lists)
    func `A marker that was never given is refused, and so is a page of nothing`(
        action: IAMAction,
        members: JSONValue,
        list: String,
        counts: [Int]
    ) {
        var marked = members
        marked.set("Marker", "invented")
        #expect(vault.refusal(ofIAM: action, marked) == .invalidMarker)
        var empty = members
        empty.set("MaxItems", "0")
        #expect(vault.refusal(ofIAM: action, empty)?.code == "ValidationError")
    }
}
