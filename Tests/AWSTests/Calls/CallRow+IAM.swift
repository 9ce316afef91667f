import AWS
import JSON
import TestSupport

/// The rows of IAM, none of them computed but for what users and roles share.
extension CallRow {
    /// A row of an operation that users and roles both have.
    private static func row(
        _ holder: Holder,
        _ user: IAMAction,
        _ role: IAMAction,
        of name: String = "ordinary",
        _ others: JSONValue = [:],
        required: [String] = [],
        answer: [String] = []
    ) -> CallRow {
        CallRow(
            .iam(holder.action(user: user, role: role)),
            holder.named(name, others),
            about: holder == .user ? .user : .role,
            required: [holder == .user ? "userName" : "roleName"] + required,
            answer: answer,
            on: holder.arn(name, path: "/team/")
        )
    }

    /// What both have to do with policies.
    private static func policies(of holder: Holder) -> [CallRow] {
        let inline: JSONValue = ["PolicyName": "inline"]
        return [
            row(
                holder,
                .attachUserPolicy,
                .attachRolePolicy,
                ["PolicyArn": "\(Furniture.emptyPolicy)"],
                required: ["policyArn"]
            ),
            row(
                holder,
                .detachUserPolicy,
                .detachRolePolicy,
                ["PolicyArn": "\(Furniture.policy)"],
                required: ["policyArn"]
            ),
            row(
                holder,
                .listAttachedUserPolicies,
                .listAttachedRolePolicies,
                answer: ["IsTruncated", "AttachedPolicies"]
            ),
            row(
                holder,
                .putUserPolicy,
                .putRolePolicy,
                ["PolicyName": "new", "PolicyDocument": "\(IAMDocument.read)"],
                required: ["policyName", "policyDocument"]
            ),
            row(
                holder,
                .getUserPolicy,
                .getRolePolicy,
                inline,
                required: ["policyName"],
                answer: [holder.nameMember, "PolicyName", "PolicyDocument"]
            ),
            row(holder, .deleteUserPolicy, .deleteRolePolicy, inline, required: ["policyName"]),
            row(
                holder,
                .listUserPolicies,
                .listRolePolicies,
                answer: ["IsTruncated", "PolicyNames"]
            ),
        ]
    }

    /// What else both have.
    private static func shared(_ holder: Holder) -> [CallRow] {
        policies(of: holder) + [
            row(
                holder,
                .putUserPermissionsBoundary,
                .putRolePermissionsBoundary,
                ["PermissionsBoundary": "\(Furniture.policy)"],
                required: ["permissionsBoundary"]
            ),
            row(holder, .deleteUserPermissionsBoundary, .deleteRolePermissionsBoundary),
            row(
                holder,
                .tagUser,
                .tagRole,
                ["Tags": [["Key": "a", "Value": "1"]]],
                required: ["tags"]
            ),
            row(holder, .untagUser, .untagRole, ["TagKeys": ["a"]], required: ["tagKeys"]),
            row(holder, .listUserTags, .listRoleTags, answer: ["IsTruncated", "Tags"]),
            row(holder, .deleteUser, .deleteRole, of: "empty"),
        ]
    }

    static let users =
        shared(.user) + [
            CallRow(
                .iam(.createUser),
                [
                    "UserName": "new", "Path": "/team/",
                    "Tags": [["Key": "a", "Value": "1"]],
                ],
                required: ["userName"],
                answer: ["User"],
                on: "arn:aws:iam::000000000000:user/team/new",
                also: [("iam:TagUser", "arn:aws:iam::000000000000:user/team/new")]
            ),
            // Without a name it is about the caller.
            CallRow(
                .iam(.getUser),
                ["UserName": "ordinary"],
                about: .user,
                answer: ["User"],
                on: Furniture.user
            ),
            CallRow(
                .iam(.updateUser),
                ["UserName": "ordinary", "NewUserName": "other"],
                about: .user,
                required: ["userName"],
                on: Furniture.user
            ),
            noLoginProfile(.getLoginProfile), noLoginProfile(.deleteLoginProfile),
        ]

    private static func noLoginProfile(_ action: IAMAction) -> CallRow {
        CallRow(
            .iam(action),
            ["UserName": "ordinary"],
            about: .user,
            required: ["userName"],
            always: Refusal(
                "NoSuchEntity",
                "Login Profile for User ordinary cannot be found."
            ),
            on: Furniture.user
        )
    }

    static let userKeys = [
        // Without a name the three are about the caller's keys.
        CallRow(
            .iam(.createAccessKey),
            ["UserName": "ordinary"],
            about: .user,
            answer: ["AccessKey"],
            on: Furniture.user
        ),
        CallRow(
            .iam(.listAccessKeys),
            ["UserName": "ordinary"],
            about: .user,
            answer: ["IsTruncated", "AccessKeyMetadata"],
            on: Furniture.user
        ),
        CallRow(
            .iam(.deleteAccessKey),
            ["UserName": "ordinary", "AccessKeyId": "\(Furniture.accessKey)"],
            about: .accessKey,
            required: ["accessKeyId"],
            on: Furniture.user
        ),
        CallRow(
            .iam(.updateAccessKey),
            [
                "UserName": "ordinary", "AccessKeyId": "\(Furniture.accessKey)",
                "Status": "Inactive",
            ],
            about: .accessKey,
            required: ["accessKeyId", "status"],
            on: Furniture.user
        ),
        // AWS asks for the key's owner here, and its documentation for nothing in particular.
        CallRow(
            .iam(.getAccessKeyLastUsed),
            ["AccessKeyId": "\(Furniture.accessKey)"],
            about: .accessKey,
            required: ["accessKeyId"],
            answer: ["UserName", "AccessKeyLastUsed"]
        ),
    ]

    static let roles =
        shared(.role) + [
            CallRow(
                .iam(.createRole),
                [
                    "RoleName": "new", "Path": "/team/",
                    "AssumeRolePolicyDocument": "\(IAMDocument.trust)",
                    "Tags": [["Key": "a", "Value": "1"]],
                ],
                required: ["roleName", "assumeRolePolicyDocument"],
                answer: ["Role"],
                on: "arn:aws:iam::000000000000:role/team/new",
                also: [("iam:TagRole", "arn:aws:iam::000000000000:role/team/new")]
            ),
            CallRow(
                .iam(.getRole),
                ["RoleName": "ordinary"],
                about: .role,
                required: ["roleName"],
                answer: ["Role"],
                on: Furniture.role
            ),
            CallRow(
                .iam(.updateAssumeRolePolicy),
                ["RoleName": "ordinary", "PolicyDocument": "\(IAMDocument.trust)"],
                about: .role,
                required: ["roleName", "policyDocument"],
                on: Furniture.role
            ),
            CallRow(
                .iam(.updateRole),
                ["RoleName": "ordinary", "Description": "d"],
                about: .role,
                required: ["roleName"],
                on: Furniture.role
            ),
            CallRow(
                .iam(.updateRoleDescription),
                ["RoleName": "ordinary", "Description": "d"],
                about: .role,
                required: ["roleName", "description"],
                answer: ["Role"],
                on: Furniture.role
            ),
        ]
}
