import AWS
import JSON
import TestSupport
import Testing

/// The condition keys that requests of IAM bring along, in both directions.
@Suite struct IAMConditionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let action: IAMAction
        let operation: String
        let key: String
        let value: String
        /// Requests that the condition is true of, and others that it is not true of.
        let matching: JSONValue
        let other: JSONValue

        var testDescription: String { "\(action.rawValue) \(key)" }
    }

    private static let administrator = "arn:aws:iam::aws:policy/AdministratorAccess"

    static let rows =
        Holder.allCases.flatMap { holder in
            [
                row(
                    holder.action(user: .attachUserPolicy, role: .attachRolePolicy),
                    "ArnEquals",
                    "iam:PolicyARN",
                    Furniture.emptyPolicy,
                    holder.named("ordinary", ["PolicyArn": "\(Furniture.emptyPolicy)"]),
                    holder.named("ordinary", ["PolicyArn": "\(administrator)"])
                ),
                row(
                    holder.action(user: .detachUserPolicy, role: .detachRolePolicy),
                    "ArnEquals",
                    "iam:PolicyARN",
                    Furniture.policy,
                    holder.named("ordinary", ["PolicyArn": "\(Furniture.policy)"]),
                    holder.named("ordinary", ["PolicyArn": "\(administrator)"])
                ),
                row(
                    holder.action(
                        user: .putUserPermissionsBoundary,
                        role: .putRolePermissionsBoundary
                    ),
                    "ArnEquals",
                    "iam:PermissionsBoundary",
                    Furniture.policy,
                    holder.named("ordinary", ["PermissionsBoundary": "\(Furniture.policy)"]),
                    holder.named("ordinary", ["PermissionsBoundary": "\(administrator)"])
                ),
                row(
                    holder.action(user: .createUser, role: .createRole),
                    "ArnEquals",
                    "iam:PermissionsBoundary",
                    Furniture.policy,
                    made(holder, ["PermissionsBoundary": "\(Furniture.policy)"]),
                    made(holder)
                ),
                row(
                    holder.action(user: .tagUser, role: .tagRole),
                    "StringEquals",
                    "aws:RequestTag/team",
                    "a",
                    holder.named("ordinary", ["Tags": [["Key": "team", "Value": "a"]]]),
                    holder.named("ordinary", ["Tags": [["Key": "team", "Value": "b"]]])
                ),
                row(
                    holder.action(user: .untagUser, role: .untagRole),
                    "ForAllValues:StringEquals",
                    "aws:TagKeys",
                    "team",
                    holder.named("ordinary", ["TagKeys": ["team"]]),
                    holder.named("ordinary", ["TagKeys": ["team", "owner"]])
                ),
            ]
        } + [
            row(
                .tagPolicy,
                "ForAnyValue:StringEquals",
                "aws:TagKeys",
                "team",
                [
                    "PolicyArn": "\(Furniture.policy)",
                    "Tags": [["Key": "x", "Value": ""], ["Key": "team", "Value": ""]],
                ],
                ["PolicyArn": "\(Furniture.policy)", "Tags": [["Key": "x", "Value": ""]]]
            )
        ]

    private static func row(
        _ action: IAMAction,
        _ operation: String,
        _ key: String,
        _ value: String,
        _ matching: JSONValue,
        _ other: JSONValue
    ) -> Row {
        Row(
            action: action,
            operation: operation,
            key: key,
            value: value,
            matching: matching,
            other: other
        )
    }

    /// A request to make a user or role.
    private static func made(_ holder: Holder, _ others: JSONValue = [:]) -> JSONValue {
        var members = holder.named("new", others)
        if holder == .role {
            members.set("AssumeRolePolicyDocument", .string(IAMDocument.trust))
        }
        return members
    }

    /// The codes of the refusals of both requests, by a user with these policies.
    private func codes(_ row: Row, _ policies: [String]) throws -> [String?] {
        let vault = try ScratchVault.furnished(authorization: .enforce)
        let user = try vault.user("caller", policies: policies)
        return [row.matching, row.other].map {
            vault.refusal(ofIAM: row.action, $0, by: user)?.code
        }
    }

    private func policy(_ effect: String, _ row: Row) -> String {
        PolicyDraft.statement(
            effect,
            "iam:\(row.action.rawValue)",
            if: #"{"\#(row.operation)":{"\#(row.key)":"\#(row.value)"}}"#
        )
    }

    @Test(arguments: rows)
    func `An Allow with a condition opens to what it is true of`(row: Row) throws {
        let codes = try codes(row, [policy("Allow", row)])
        #expect(codes[0] != "AccessDenied")
        #expect(codes[1] == "AccessDenied")
    }

    @Test(arguments: rows)
    func `A Deny with a condition hits what it is true of`(row: Row) throws {
        let all = PolicyDraft.statement("Allow", "iam:*")
        let codes = try codes(row, [all, policy("Deny", row)])
        #expect(codes[0] == "AccessDenied")
        #expect(codes[1] != "AccessDenied")
    }
}
