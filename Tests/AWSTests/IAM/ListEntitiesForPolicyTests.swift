import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListEntitiesForPolicyTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.createPolicy("read")
        for name in ["attached", "bounded", "both", "neither"] {
            for holder in Holder.allCases {
                try vault.create(holder, name)
                if ["attached", "both"].contains(name) { try vault.attach(arn, to: holder, name) }
                if ["bounded", "both"].contains(name) {
                    try vault.bound(holder, name, by: arn)
                }
            }
        }
    }

    /// Names of users and roles, each list sorted.
    private func entities(_ others: JSONValue = [:]) throws -> [[String]] {
        let members = Refused(others, .malformedInput).members(and: ["PolicyArn": "\(arn)"])
        let answer = try vault.iam(.listEntitiesForPolicy, members)
        return Holder.allCases.map { holder in
            (answer["Policy\(holder.rawValue)s"]?.texts(holder.nameMember) ?? []).sorted()
        }
    }

    @Test func `Both uses are listed, and who has both comes once`() throws {
        let all = ["attached", "both", "bounded"]
        #expect(try entities() == [all, all])
    }

    @Test func `The answer has names and ids, no groups, and is whole`() throws {
        let policy = try vault.createPolicy("other")
        let answer = try vault.iam(.listEntitiesForPolicy, ["PolicyArn": "\(policy)"])
        #expect(
            answer.text
                == #"{"IsTruncated":false,"PolicyGroups":[],"PolicyUsers":[],"PolicyRoles":[]}"#
        )
        try vault.attach(policy, to: .user, "neither")
        let id = try #require(try vault.describe(.user, "neither")["UserId"]?.string)
        let users = try vault.iam(.listEntitiesForPolicy, ["PolicyArn": "\(policy)"])["PolicyUsers"]
        #expect(users?.text == #"[{"UserName":"neither","UserId":"\#(id)"}]"#)
    }

    @Test func `One use can be asked for`() throws {
        let attached = ["attached", "both"]
        let bounded = ["both", "bounded"]
        #expect(
            try entities(["PolicyUsageFilter": "PermissionsPolicy"]) == [attached, attached]
        )
        #expect(
            try entities(["PolicyUsageFilter": "PermissionsBoundary"]) == [bounded, bounded]
        )
    }

    @Test func `One kind of entity can be asked for`() throws {
        let all = ["attached", "both", "bounded"]
        #expect(try entities(["EntityFilter": "User"]) == [all, []])
        #expect(try entities(["EntityFilter": "Role"]) == [[], all])
        #expect(try entities(["EntityFilter": "Group"]) == [[], []])
    }

    @Test func `A policy of AWS has the entities of the caller's account`() throws {
        let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        try vault.attach(arn, to: .role, "neither")
        let own = try vault.iam(.listEntitiesForPolicy, ["PolicyArn": "\(arn)"])
        #expect(own["PolicyRoles"]?.texts("RoleName") == ["neither"])
        let theirs = try vault.iam(
            .listEntitiesForPolicy,
            ["PolicyArn": "\(arn)"],
            by: stranger
        )
        #expect(theirs["PolicyRoles"]?.elements == [])
    }

    @Test func `A filter is one of the model's`() throws {
        let filters = "User, Role, Group, LocalManagedPolicy, AWSManagedPolicy"
        for (member, path, set) in [
            ("EntityFilter", "entityFilter", filters),
            ("PolicyUsageFilter", "policyUsageFilter", "PermissionsPolicy, PermissionsBoundary"),
        ] {
            var members: JSONValue = ["PolicyArn": "\(arn)"]
            members.set(member, "x")
            try vault.expect(
                .listEntitiesForPolicy,
                members,
                isRefusedWith: Refusal.constraint(
                    "'x'",
                    path,
                    "satisfy enum value set: [\(set)]"
                ).inQuery
            )
        }
    }
}
