/// Makes a role.
///
/// [CreateRole](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html).
/// Errors: EntityAlreadyExists, MalformedPolicyDocument, NoSuchEntity, InvalidInput, LimitExceeded.
package struct CreateRole: WriteOperation {
    package typealias Response = IAMAnswer

    package static let action = IAMAction.createRole

    private let name: String?
    private let path: String?
    private let trustPolicy: String?
    private let description: String?
    private let maxSessionSeconds: Int64?
    private let boundaryARN: String?
    private let tags: IAMTagList?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("RoleName")
        path = try members.string("Path")
        trustPolicy = try members.string("AssumeRolePolicyDocument")
        description = try members.string("Description")
        maxSessionSeconds = try members.integer("MaxSessionDuration")
        boundaryARN = try members.string("PermissionsBoundary")
        tags = try IAMTagList(from: &members)
    }

    package var subject: String? { name }

    package func permissions() -> [Permission] {
        let target = Permission.Target.iam("role\(path ?? "/")\(name ?? "")")
        return Permission.creating(Self.action, .tagRole, target, tags, boundaryARN)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.principalName(name, .role)
        constraints.path(path)
        constraints.policyDocument(trustPolicy, at: "assumeRolePolicyDocument")
        constraints.iamDescription(description)
        constraints.range(of: maxSessionSeconds, 3_600...43_200, at: "maxSessionDuration")
        if boundaryARN != nil {
            constraints.policyARN(boundaryARN, at: "permissionsBoundary")
        }
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        try IAMPolicyDocument.checkTrustPolicy(trustPolicy ?? "", vault)
        let role = try vault.insertNew(
            IAMPrincipal(
                account: call.caller.scope.account,
                kind: .role,
                name: name ?? "",
                path: path ?? "/",
                uniqueID: UniqueID.role.make(using: call.randomness),
                createdAt: call.now,
                description: description,
                trustPolicy: trustPolicy,
                maxSessionSeconds: maxSessionSeconds ?? 3_600,
                boundaryARN: boundaryARN
            ),
            tags
        )
        return IAMAnswer("Role", PrincipalElement(principal: role.principal, tags: role.tags))
    }
}
