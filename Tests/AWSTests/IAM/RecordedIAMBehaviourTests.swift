import AWS
import JSON
import TestSupport
import Testing

/// What IAM and STS were recorded to do, each by its number in docs/compatibility.md.
@Suite struct RecordedIAMBehaviourTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create(
            .role,
            "task",
            [
                "Description": "d", "MaxSessionDuration": "7200",
                "AssumeRolePolicyDocument": "\(IAMDocument.ownAccount)",
            ]
        )
    }

    @Test func `C50: what made a policy does not repeat its description, and lists leave it out`()
        throws
    {
        let made = try vault.iam(
            .createPolicy,
            [
                "PolicyName": "p", "Description": "d",
                "PolicyDocument": "\(PolicyDraft.statement("Allow", "s3:GetObject"))",
            ]
        )["Policy"]
        #expect(made?["Description"] == nil)
        let arn = made?["Arn"]?.string ?? ""
        let policy = try vault.describePolicy(arn)
        #expect(policy["Description"] == "d")
        #expect(policy["Tags"]?.text == "[]")
        let listed = try vault.iam(.listPolicies, ["Scope": "Local"])["Policies"]?[0]
        #expect(listed?["Arn"]?.string == arn)
        #expect(listed?["Description"] == nil)
    }

    @Test func `C73: what made a role does not repeat its description and duration`() throws {
        let made = try vault.create(.role, "other", ["Description": "d"])
        #expect(made["Description"] == nil)
        #expect(made["MaxSessionDuration"] == nil)
        #expect(made["RoleLastUsed"] == nil)
        let listed = try vault.iam(.listRoles)["Roles"]?.elements?.first {
            $0["RoleName"] == "task"
        }
        #expect(listed?["Description"] == "d")
        #expect(listed?["MaxSessionDuration"] == 7_200)
        #expect(listed?["RoleLastUsed"] == nil)
        #expect(try vault.describe(.role, "task")["RoleLastUsed"]?.text == "{}")
    }

    @Test func `C74: a duration that is not sent stays`() throws {
        try vault.iam(.updateRole, ["RoleName": "task", "Description": "other"])
        #expect(try vault.describe(.role, "task")["MaxSessionDuration"] == 7_200)
    }

    @Test(arguments: [IAMAction.attachRolePolicy, .detachRolePolicy])
    func `C75: what is no ARN cannot be attached or detached`(action: IAMAction) {
        #expect(
            vault.refusal(
                ofIAM: action,
                ["RoleName": "task", "PolicyArn": "twenty-characters-and-more"]
            ) == Refusal("ValidationError", "Invalid ARN:  Could not be parsed!")
        )
    }

    @Test(arguments: [("/", true), ("/a/", true), ("/a//b/", true), ("//", false), ("/a", false)])
    func `C76: a path of two slashes is none`(path: String, isValid: Bool) {
        let refused = vault.refusal(ofIAM: .createUser, ["UserName": "u", "Path": .string(path)])
        #expect((refused == nil) == isValid)
    }

    @Test func `C77: names of inline policies do not differ by case alone`() throws {
        let (first, second) = ("s3:GetObject", "s3:PutObject")
        for (name, action) in [("Read", first), ("READ", second)] {
            try vault.iam(
                .putRolePolicy,
                [
                    "RoleName": "task", "PolicyName": "\(name)",
                    "PolicyDocument": "\(PolicyDraft.statement("Allow", action))",
                ]
            )
        }
        #expect(try vault.inlinePolicies(of: .role, "task") == ["Read"])
        let members: JSONValue = ["RoleName": "task", "PolicyName": "rEAD"]
        let policy = try vault.iam(.getRolePolicy, members)
        #expect(policy["PolicyName"] == "rEAD")
        #expect(policy["PolicyDocument"]?.string?.contains("PutObject") == true)
        try vault.iam(.deleteRolePolicy, members)
        #expect(try vault.inlinePolicies(of: .role, "task").isEmpty)
    }

    @Test(
        arguments: [
            ("3600", true), ("+3600", true), ("03600", true), ("2147483648", false),
            (" 3600", false), ("3600.0", false), ("3.6e3", false),
        ]
    )
    func `C78: a number of the query protocol has a sign, digits and 32 bits`(
        text: String,
        isRead: Bool
    ) {
        let refused = vault.refusal(
            ofIAM: .updateRole,
            ["RoleName": "task", "MaxSessionDuration": .string(text)]
        )
        #expect((refused?.code == "MalformedInput") == !isRead)
    }

    @Test(
        arguments: [
            ("true", true), ("1", true), ("0", true), ("True", false), ("null", false),
            ("", false),
        ]
    )
    func `C78: a truth value of the query protocol is a word or a digit`(
        text: String,
        isRead: Bool
    ) {
        let refused = vault.refusal(ofIAM: .listPolicies, ["OnlyAttached": .string(text)])
        #expect((refused?.code == "MalformedInput") == !isRead)
    }

    @Test(
        arguments: [
            (IAMAction.untagRole, ["RoleName": "task"], "TagKeys"),
            (.getAccountAuthorizationDetails, [:], "Filter"),
        ] as [(IAMAction, JSONValue, String)]
    )
    func `C79: what the numbers of a list of texts leave out is null, which no element may be`(
        action: IAMAction,
        others: JSONValue,
        name: String
    ) {
        var members = others
        members.set(name, .array(["Role", .null, "User"]))
        let path = "\(name.prefix(1).lowercased())\(name.dropFirst())"
        #expect(
            vault.refusal(ofIAM: action, members)
                == Refusal(
                    "ValidationError",
                    "1 validation error detected: Value '[Role, null, User]' at '\(path)' failed to"
                        + " satisfy constraint: Member must satisfy constraint: [Member must not"
                        + " be null]"
                )
        )
    }

    @Test func `C80: an empty list of tags is refused, after authorization`() throws {
        let refused = vault.refusal(ofIAM: .tagRole, ["RoleName": "task", "Tags": []])
        #expect(refused?.code == "InvalidInput")
        let strict = try ScratchVault(authorization: .enforce)
        let user = try strict.user("u")
        #expect(
            strict.refusal(ofIAM: .tagRole, ["RoleName": "task", "Tags": []], by: user)?.code
                == "AccessDenied"
        )
    }

    @Test func `C82: IAM's refusals call roles, users and policies by their names`() throws {
        let vault = try ScratchVault(authorization: .enforce)
        let user = try vault.user("u")
        let arn = "arn:aws:iam::000000000000:policy/team/p"
        let rows: [(IAMAction, JSONValue, String)] = [
            (.getRole, ["RoleName": "task"], "role task"),
            (.deleteUser, ["UserName": "other"], "user other"),
            (.getUser, [:], "user u"),
            (.getPolicy, ["PolicyArn": "\(arn)"], "policy p"),
        ]
        for (action, members, name) in rows {
            let text = vault.refusal(ofIAM: action, members, by: user)?.text
            #expect(text?.contains("on resource: \(name) because") == true, "\(text ?? "")")
        }
    }

    @Test func `C83: who asks for a key's last use is judged by the user whose key it is`() throws {
        let vault = try ScratchVault(authorization: .enforce)
        try vault.create(.user, "owner")
        let key = try vault.createAccessKey(of: "owner")
        let allow = PolicyDraft.statement(
            "Allow",
            "iam:GetAccessKeyLastUsed",
            on: "arn:aws:iam::000000000000:user/owner"
        )
        let user = try vault.user("u", policies: [allow])
        let members: JSONValue = ["AccessKeyId": .string(key)]
        #expect(vault.refusal(ofIAM: .getAccessKeyLastUsed, members, by: user) == nil)
    }

    @Test func `C84: how a policy is used counts only among the attached ones`() throws {
        let arn = try vault.createPolicy("p")
        func listed(_ others: JSONValue) throws -> Int {
            var members = others
            members.set("Scope", "Local")
            return try vault.iam(.listPolicies, members)["Policies"]?.elements?.count ?? 0
        }
        let bounding: JSONValue = ["PolicyUsageFilter": "PermissionsBoundary"]
        #expect(try listed(bounding) == 1)
        try vault.attach(arn, to: .role, "task")
        var attached = bounding
        attached.set("OnlyAttached", "true")
        #expect(try listed(attached) == 0)
        #expect(
            try listed(["OnlyAttached": "true", "PolicyUsageFilter": "PermissionsPolicy"]) == 1
        )
    }

    @Test func `C86: what is no ARN cannot be assumed, before any permission`() {
        let sent = "twenty-characters-and-more"
        #expect(
            vault.refusal(ofAssuming: sent)
                == Refusal("ValidationError", "\(sent) is invalid")
        )
    }

    @Test func `C87: session tags are checked in STS's own words`() throws {
        let arn = "arn:aws:iam::000000000000:role/task"
        func refusal(_ others: JSONValue, by caller: Caller = .root()) -> Refusal? {
            vault.refusal(ofAssuming: arn, others, by: caller)
        }
        #expect(
            refusal(["TransitiveTagKeys": ["team"]])
                == Refusal(
                    "InvalidParameterValue",
                    "The specified transitive tag key must be included in the requested tags."
                )
        )
        let (red, blue): (JSONValue, JSONValue) = (
            ["Key": "team", "Value": "red"], ["Key": "TEAM", "Value": "blue"]
        )
        #expect(
            refusal(["Tags": [red, blue]])
                == Refusal(
                    "InvalidParameterValue",
                    "Duplicate tag keys found. Please note that Tag keys are case insensitive."
                )
        )
        let session = try vault.caller(
            of: try vault.assume(arn, ["Tags": [red], "TransitiveTagKeys": ["team"]])
        )
        #expect(
            refusal(["Tags": [blue]], by: session)
                == Refusal(
                    "InvalidParameterValue",
                    "One of the specified transitive tag keys can't be set because it conflicts"
                        + " with a transitive tag key from the calling session."
                )
        )
    }
}
