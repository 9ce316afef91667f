import AWS
import JSON
import TestSupport
import Testing

@Suite struct GetAccountAuthorizationDetailsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault.furnished()
        try vault.iam(.tagUser, ["UserName": "ordinary", "Tags": [["Key": "a", "Value": "1"]]])
    }

    private func details(_ members: JSONValue = [:]) throws -> JSONValue {
        try vault.iam(.getAccountAuthorizationDetails, members)
    }

    @Test func `Users, roles and policies are there with all that is in them`() throws {
        let answer = try details()
        #expect(
            answer.names == [
                "IsTruncated", "GroupDetailList", "Policies", "RoleDetailList", "UserDetailList",
            ]
        )
        #expect(answer["GroupDetailList"]?.text == "[]")
        let user = try #require(answer["UserDetailList"]?[1])
        #expect(user["UserName"] == "ordinary")
        #expect(user["Arn"]?.string == Furniture.user)
        #expect(user["GroupList"]?.text == "[]")
        #expect(user["UserPolicyList"]?.texts("PolicyName") == ["inline"])
        #expect(
            user["UserPolicyList"]?[0]?["PolicyDocument"]?.string
                == IAMDocument.escaped(IAMDocument.read)
        )
        #expect(user["AttachedManagedPolicies"]?.texts("PolicyArn") == [Furniture.policy])
        #expect(user["PermissionsBoundary"]?["PermissionsBoundaryType"] == "Policy")
        #expect(user["Tags"]?.tagTexts == ["a=1"])
        let role = try #require(answer["RoleDetailList"]?[1])
        #expect(role["RoleName"] == "ordinary")
        #expect(role["InstanceProfileList"]?.text == "[]")
        #expect(role["RoleLastUsed"]?.text == "{}")
        #expect(role["AssumeRolePolicyDocument"] != nil)
    }

    @Test func `Policies have all their versions, and those of AWS are there that are used`()
        throws
    {
        let policies = try details()["Policies"]
        let names = ["empty", "ordinary", "ReadOnlyAccess"]
        #expect(policies?.texts("PolicyName") == names)
        let versions = policies?[1]?["PolicyVersionList"]
        #expect(versions?.texts("VersionId") == ["v2", "v1"])
        #expect(versions?[0]?["Document"] != nil)
    }

    @Test(
        arguments: [
            ("User", "UserDetailList"), ("Role", "RoleDetailList"),
            ("LocalManagedPolicy", "Policies"), ("AWSManagedPolicy", "Policies"),
            ("Group", "GroupDetailList"),
        ]
    )
    func `A filter leaves one kind`(filter: String, list: String) throws {
        let answer = try details(["Filter": [.string(filter)]])
        for name in ["GroupDetailList", "Policies", "RoleDetailList", "UserDetailList"]
        where name != list {
            #expect(answer[name]?.text == "[]")
        }
        let counts = ["LocalManagedPolicy": 2, "AWSManagedPolicy": 1, "Group": 0]
        #expect(answer[list]?.elements?.count == counts[filter] ?? 2)
        try vault.expectCode(
            "ValidationError",
            of: .getAccountAuthorizationDetails,
            ["Filter": ["Users"]]
        )
    }

    @Test func `All of it comes in pages`() throws {
        let members: JSONValue = ["MaxItems": "3"]
        let users = try vault.pages(.getAccountAuthorizationDetails, members, "UserDetailList")
        let roles = try vault.pages(.getAccountAuthorizationDetails, members, "RoleDetailList")
        #expect(users.map(\.count) == [2, 0, 0])
        #expect(roles.map(\.count) == [1, 1, 0])
    }
}
