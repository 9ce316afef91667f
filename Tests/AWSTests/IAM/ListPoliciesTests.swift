import AWS
import JSON
import TestSupport
import Testing

@Suite struct ListPoliciesTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        for name in ["c", "a", "b"] {
            try vault.createPolicy(name, IAMDocument.read, ["Path": name == "b" ? "/team/" : "/"])
        }
        for holder in Holder.allCases { try vault.create(holder, "ci") }
        try vault.attach("arn:aws:iam::000000000000:policy/a", to: .user, "ci")
        try vault.bound(.role, "ci", by: "arn:aws:iam::000000000000:policy/c")
    }

    private func names(_ members: JSONValue = [:]) throws -> [String] {
        try vault.iam(.listPolicies, members)["Policies"]?.texts("PolicyName") ?? []
    }

    @Test func `Policies of one's own and of AWS are told apart`() throws {
        #expect(try names(["Scope": "Local"]).sorted() == ["a", "b", "c"])
        let ofAWS = try names(["Scope": "AWS"])
        #expect(ofAWS.contains("SecretsManagerReadWrite"))
        #expect(ofAWS.allSatisfy { $0.count > 1 })
        let all = try Set(names())
        #expect(try all == Set(names(["Scope": "All"])))
        #expect(all == Set(ofAWS + ["a", "b", "c"]))
    }

    @Test func `A policy is listed with its counts`() throws {
        let listed = try vault.iam(.listPolicies, ["Scope": "Local", "PathPrefix": "/team/"])
        let policy = try #require(listed["Policies"]?[0])
        #expect(policy["Arn"] == "arn:aws:iam::000000000000:policy/team/b")
        #expect(policy["DefaultVersionId"] == "v1")
        #expect(policy["AttachmentCount"] == 0)
        #expect(listed["Policies"]?.elements?.count == 1)
        #expect(listed["IsTruncated"] == false)
    }

    @Test func `Other accounts' policies are not listed`() throws {
        let listed = try vault.iam(.listPolicies, ["Scope": "Local"], by: stranger)
        #expect(listed.text == #"{"IsTruncated":false,"Policies":[]}"#)
    }

    @Test func `Policies in use can be asked for, by their use`() throws {
        func used(_ usage: String?) throws -> [String] {
            var members: JSONValue = ["OnlyAttached": "true"]
            if let usage { members.set("PolicyUsageFilter", .string(usage)) }
            return try names(members).sorted()
        }
        #expect(try used(nil) == ["a", "c"])
        #expect(try used("PermissionsPolicy") == ["a"])
        #expect(try used("PermissionsBoundary") == ["c"])
        #expect(try names(["OnlyAttached": "false", "Scope": "Local"]).count == 3)
        try vault.attach("arn:aws:iam::aws:policy/ReadOnlyAccess", to: .user, "ci")
        #expect(try used("PermissionsPolicy") == ["ReadOnlyAccess", "a"])
    }

    @Test func `A prefix is one of the path`() throws {
        #expect(try names(["PathPrefix": "/team/"]) == ["b"])
        #expect(try names(["PathPrefix": "/nowhere/"]) == [])
        #expect(
            try names(["PathPrefix": "/service-role/"]).contains("AWSLambdaBasicExecutionRole")
        )
    }

    @Test(arguments: [1, 2, 3, 7, 1_000])
    func `Pages of any size hold each policy once`(size: Int) throws {
        let pages = try vault.pages(.listPolicies, ["MaxItems": "\(size)"], "Policies")
        let listed = pages.flatMap(\.self).compactMap { $0["PolicyName"]?.string }
        #expect(listed.count == Set(listed).count)
        #expect(try Set(listed) == Set(names()))
        #expect(pages.dropLast().allSatisfy { $0.count == size })
    }

    @Test func `A marker of another query is refused`() throws {
        let page = try vault.iam(.listPolicies, ["MaxItems": "1"])
        let marker = try #require(page["Marker"])
        for members: JSONValue in [
            ["Marker": marker, "Scope": "Local"], ["Marker": marker, "PathPrefix": "/team/"],
            ["Marker": marker, "OnlyAttached": "true"],
            ["Marker": marker, "PolicyUsageFilter": "PermissionsPolicy"], ["Marker": "none"],
        ] {
            try vault.expect(.listPolicies, members, isRefusedWith: .invalidMarker)
        }
        #expect(
            vault.refusal(ofIAM: .listPolicies, ["Marker": marker], by: stranger)
                == .invalidMarker
        )
    }

    @Test(arguments: refusedPages + refusedQueries)
    func `A request that breaks the model is refused`(row: Refused) throws {
        try vault.expect(.listPolicies, row.members, isRefusedWith: row.expected.inQuery)
    }
}

private let refusedQueries = [
    Refused(
        ["Scope": "Mine"],
        .constraint("'Mine'", "scope", "satisfy enum value set: [All, AWS, Local]")
    ),
    Refused(
        ["PolicyUsageFilter": "x"],
        .constraint(
            "'x'",
            "policyUsageFilter",
            "satisfy enum value set: [PermissionsPolicy, PermissionsBoundary]"
        )
    ),
    Refused(["PathPrefix": ""], .constraint("''", "pathPrefix", atLeast(1))),
    Refused(["OnlyAttached": "yes"], .malformedInput),
]
