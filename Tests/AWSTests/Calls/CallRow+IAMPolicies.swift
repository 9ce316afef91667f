import AWS
import JSON
import TestSupport

/// The rows of managed policies and of IAM's lists.
extension CallRow {
    private static func policy(
        _ action: IAMAction,
        _ others: JSONValue = [:],
        of arn: String = Furniture.policy,
        required: [String] = [],
        answer: [String] = []
    ) -> CallRow {
        CallRow(
            .iam(action),
            Refused(others, .malformedInput).members(and: ["PolicyArn": "\(arn)"]),
            about: .policy,
            required: ["policyArn"] + required,
            answer: answer,
            on: arn
        )
    }

    static let policies = [
        CallRow(
            .iam(.createPolicy),
            [
                "PolicyName": "new", "Path": "/team/", "PolicyDocument": "\(IAMDocument.read)",
                "Tags": [["Key": "a", "Value": "1"]],
            ],
            required: ["policyName", "policyDocument"],
            answer: ["Policy"],
            on: "arn:aws:iam::000000000000:policy/team/new",
            also: [("iam:TagPolicy", "arn:aws:iam::000000000000:policy/team/new")]
        ),
        policy(
            .createPolicyVersion,
            ["PolicyDocument": "\(IAMDocument.read)"],
            required: ["policyDocument"],
            answer: ["PolicyVersion"]
        ),
        policy(.deletePolicy, of: Furniture.emptyPolicy),
        policy(.deletePolicyVersion, ["VersionId": "v2"], required: ["versionId"]),
        policy(.getPolicy, answer: ["Policy"]),
        policy(
            .getPolicyVersion,
            ["VersionId": "v1"],
            required: ["versionId"],
            answer: ["PolicyVersion"]
        ),
        policy(
            .listEntitiesForPolicy,
            answer: ["IsTruncated", "PolicyGroups", "PolicyUsers", "PolicyRoles"]
        ),
        policy(.listPolicyTags, answer: ["IsTruncated", "Tags"]),
        policy(.listPolicyVersions, answer: ["IsTruncated", "Versions"]),
        policy(.setDefaultPolicyVersion, ["VersionId": "v2"], required: ["versionId"]),
        policy(.tagPolicy, ["Tags": [["Key": "a", "Value": "1"]]], required: ["tags"]),
        policy(.untagPolicy, ["TagKeys": ["a"]], required: ["tagKeys"]),
    ]

    private static func list(_ action: IAMAction, _ member: String) -> CallRow {
        CallRow(.iam(action), answer: ["IsTruncated", member])
    }

    /// Lists of what a user has none of; those that say so need its name.
    private static func list(
        ofUser action: IAMAction,
        _ member: String,
        required: [String] = []
    ) -> CallRow {
        CallRow(
            .iam(action),
            ["UserName": "ordinary"],
            about: .user,
            required: required,
            answer: ["IsTruncated", member],
            on: Furniture.user
        )
    }

    static let listsOfIAM = [
        list(.listUsers, "Users"), list(.listRoles, "Roles"), list(.listPolicies, "Policies"),
        list(.listAccountAliases, "AccountAliases"), list(.listGroups, "Groups"),
        list(.listInstanceProfiles, "InstanceProfiles"),
        list(.listVirtualMFADevices, "VirtualMFADevices"),
        list(ofUser: .listGroupsForUser, "Groups", required: ["userName"]),
        list(ofUser: .listMFADevices, "MFADevices"),
        list(ofUser: .listServiceSpecificCredentials, "ServiceSpecificCredentials"),
        list(ofUser: .listSigningCertificates, "Certificates"),
        list(ofUser: .listSSHPublicKeys, "SSHPublicKeys"),
        CallRow(
            .iam(.listInstanceProfilesForRole),
            ["RoleName": "ordinary"],
            about: .role,
            required: ["roleName"],
            answer: ["IsTruncated", "InstanceProfiles"],
            on: Furniture.role
        ),
    ]

    /// What is about the account as a whole, and the simulator.
    static let account = [
        CallRow(
            .iam(.createAccountAlias),
            ["AccountAlias": "new"],
            required: ["accountAlias"]
        ),
        CallRow(
            .iam(.deleteAccountAlias),
            ["AccountAlias": "nobodys"],
            required: ["accountAlias"],
            always: Refusal("NoSuchEntity", "The account alias nobodys cannot be found.")
        ),
        CallRow(
            .iam(.getAccountAuthorizationDetails),
            answer: [
                "IsTruncated", "GroupDetailList", "Policies", "RoleDetailList", "UserDetailList",
            ]
        ),
        CallRow(.iam(.getAccountSummary), answer: ["SummaryMap"]),
        CallRow(
            .iam(.simulateCustomPolicy),
            ["PolicyInputList": ["\(IAMDocument.read)"], "ActionNames": ["s3:GetObject"]],
            required: ["policyInputList", "actionNames"],
            answer: ["IsTruncated", "EvaluationResults"]
        ),
        CallRow(
            .iam(.simulatePrincipalPolicy),
            ["PolicySourceArn": "\(Furniture.user)", "ActionNames": ["s3:GetObject"]],
            required: ["policySourceArn", "actionNames"],
            answer: ["IsTruncated", "EvaluationResults"],
            on: Furniture.user
        ),
    ]
}
