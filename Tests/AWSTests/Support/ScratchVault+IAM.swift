import AWS
import JSON
import TestSupport
import Testing

/// What the tests of IAM do again and again; `ServiceCall` and `ScratchVault` are where they meet the
/// product.
extension ScratchVault {
    /// The error of a call as a client of the query protocol sees it; nil when it succeeds.
    func refusal(
        ofIAM action: IAMAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) -> Refusal? {
        refusal(of: .iam(action), members, by: caller)
    }

    /// The same of a call of STS.
    func refusal(
        ofSTS action: STSAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) -> Refusal? {
        refusal(of: .sts(action), members, by: caller)
    }

    /// Sees to it that a call is refused so, and that nothing of the account has changed.
    func expect(
        _ action: IAMAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root(),
        isRefusedWith expected: Refusal,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let before = try picture()
        let refused = refusal(ofIAM: action, members, by: caller)
        #expect(refused == expected, sourceLocation: location)
        #expect(try picture() == before, "it changed something", sourceLocation: location)
    }

    // MARK: Making

    /// Makes a user or a role, and gives what the answer shows of it.
    @discardableResult
    func create(
        _ holder: Holder,
        _ name: String,
        _ others: JSONValue = [:],
        by caller: Caller = .root()
    ) throws -> JSONValue {
        var members = holder.named(name, others)
        if holder == .role, members["AssumeRolePolicyDocument"] == nil {
            members.set("AssumeRolePolicyDocument", .string(IAMDocument.trust))
        }
        let answer = try iam(
            holder.action(user: .createUser, role: .createRole),
            members,
            by: caller
        )
        return try #require(answer[holder.rawValue])
    }

    /// Makes a managed policy, and gives its ARN.
    @discardableResult
    func createPolicy(
        _ name: String,
        _ document: String = IAMDocument.read,
        _ others: JSONValue = [:],
        by caller: Caller = .root()
    ) throws -> String {
        var members = others
        members.set("PolicyName", .string(name))
        members.set("PolicyDocument", .string(document))
        let answer = try iam(.createPolicy, members, by: caller)
        return try #require(answer["Policy"]?["Arn"]?.string)
    }

    func putPolicy(
        _ name: String,
        _ document: String = IAMDocument.read,
        of holder: Holder,
        _ holderName: String
    ) throws {
        try iam(
            holder.action(user: .putUserPolicy, role: .putRolePolicy),
            holder.named(holderName, ["PolicyName": "\(name)", "PolicyDocument": "\(document)"])
        )
    }

    func attach(_ arn: String, to holder: Holder, _ name: String) throws {
        try iam(
            holder.action(user: .attachUserPolicy, role: .attachRolePolicy),
            holder.named(name, ["PolicyArn": "\(arn)"])
        )
    }

    func bound(_ holder: Holder, _ name: String, by arn: String) throws {
        try iam(
            holder.action(user: .putUserPermissionsBoundary, role: .putRolePermissionsBoundary),
            holder.named(name, ["PermissionsBoundary": "\(arn)"])
        )
    }

    /// Makes an access key of a user, or of the caller, and gives its id.
    @discardableResult
    func createAccessKey(of user: String? = nil, by caller: Caller = .root()) throws -> String {
        let members: JSONValue = user.map { ["UserName": "\($0)"] } ?? [:]
        let answer = try iam(.createAccessKey, members, by: caller)
        return try #require(answer["AccessKey"]?["AccessKeyId"]?.string)
    }

    // MARK: Looking

    /// What GetUser or GetRole shows.
    func describe(_ holder: Holder, _ name: String) throws -> JSONValue {
        let answer = try iam(holder.action(user: .getUser, role: .getRole), holder.named(name))
        return try #require(answer[holder.rawValue])
    }

    /// What GetPolicy shows.
    func describePolicy(_ arn: String) throws -> JSONValue {
        try #require(try iam(.getPolicy, ["PolicyArn": "\(arn)"])["Policy"])
    }

    func attachedPolicies(of holder: Holder, _ name: String) throws -> [String] {
        let answer = try iam(
            holder.action(user: .listAttachedUserPolicies, role: .listAttachedRolePolicies),
            holder.named(name)
        )
        return answer["AttachedPolicies"]?.texts("PolicyArn") ?? []
    }

    func inlinePolicies(of holder: Holder, _ name: String) throws -> [String] {
        let answer = try iam(
            holder.action(user: .listUserPolicies, role: .listRolePolicies),
            holder.named(name)
        )
        return answer["PolicyNames"]?.strings ?? []
    }

    /// As in `a=1`, in the order of the list.
    func tags(of holder: Holder, _ name: String) throws -> [String] {
        let answer = try iam(
            holder.action(user: .listUserTags, role: .listRoleTags),
            holder.named(name)
        )
        return answer["Tags"]?.tagTexts ?? []
    }

    /// The version ids of a policy, the newest first; the default one with a star.
    func versions(of arn: String) throws -> [String] {
        let answer = try iam(.listPolicyVersions, ["PolicyArn": "\(arn)"])
        return answer["Versions"]?.elements?.map { version in
            (version["VersionId"]?.string ?? "") + (version["IsDefaultVersion"] == true ? "*" : "")
        } ?? []
    }

    /// All names of a list that is asked for page by page, and how long the pages are.
    func pages(
        _ action: IAMAction,
        _ members: JSONValue,
        _ list: String
    ) throws -> [[JSONValue]] {
        var members = members
        var pages: [[JSONValue]] = []
        while pages.count < 100 {
            let answer = try iam(action, members)
            pages.append(answer[list]?.elements ?? [])
            guard let marker = answer["Marker"] else {
                #expect(answer["IsTruncated"] == false)
                return pages
            }
            #expect(answer["IsTruncated"] == true)
            members.set("Marker", marker)
        }
        return pages
    }

    /// All that an account has in IAM, as text: whatever changes, changes it.
    func picture(by caller: Caller = .root()) throws -> String {
        var parts: [JSONValue] = []
        for holder in Holder.allCases {
            let list = try iam(holder.action(user: .listUsers, role: .listRoles), by: caller)
            for name in list["\(holder.rawValue)s"]?.texts(holder.nameMember) ?? [] {
                parts += try picture(of: holder, name, by: caller)
            }
        }
        let policies = try iam(.listPolicies, ["Scope": "Local"], by: caller)["Policies"]
        for arn in policies?.texts("Arn") ?? [] {
            let policy: JSONValue = ["PolicyArn": "\(arn)"]
            for action in [IAMAction.getPolicy, .listPolicyVersions] {
                parts.append(try iam(action, policy, by: caller))
            }
            for id in parts.last?["Versions"]?.texts("VersionId") ?? [] {
                let version: JSONValue = ["PolicyArn": "\(arn)", "VersionId": "\(id)"]
                parts.append(try iam(.getPolicyVersion, version, by: caller))
            }
        }
        parts.append(try iam(.listAccessKeys, by: caller))
        return parts.map(\.text).joined(separator: "\n")
    }

    private func picture(
        of holder: Holder,
        _ name: String,
        by caller: Caller
    ) throws -> [JSONValue] {
        let inline = holder.action(user: .listUserPolicies, role: .listRolePolicies)
        let actions = [
            holder.action(user: .getUser, role: .getRole), inline,
            holder.action(user: .listAttachedUserPolicies, role: .listAttachedRolePolicies),
        ]
        var parts: [JSONValue] = []
        for action in actions { parts.append(try iam(action, holder.named(name), by: caller)) }
        for policy in parts[1]["PolicyNames"]?.strings ?? [] {
            let action = holder.action(user: .getUserPolicy, role: .getRolePolicy)
            let members = holder.named(name, ["PolicyName": "\(policy)"])
            parts.append(try iam(action, members, by: caller))
        }
        if holder == .user {
            parts.append(try iam(.listAccessKeys, holder.named(name), by: caller))
        }
        return parts
    }
}

extension JSONValue {
    /// One member of each element of a list, where it is a text.
    func texts(_ member: String) -> [String] {
        elements?.compactMap { $0[member]?.string } ?? []
    }

    /// The elements of a list of tags, as in `a=1`.
    var tagTexts: [String] {
        elements?.map { "\($0["Key"]?.string ?? "")=\($0["Value"]?.string ?? "")" } ?? []
    }
}

/// Another account than the tests' own.
let stranger = Caller.root(account: "111122223333")
