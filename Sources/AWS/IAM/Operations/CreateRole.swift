internal import Notation

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
    private let tags: TagList?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("RoleName")
        path = try members.string("Path")
        trustPolicy = try members.string("AssumeRolePolicyDocument")
        description = try members.string("Description")
        maxSessionSeconds = try members.integer("MaxSessionDuration")
        boundaryARN = try members.string("PermissionsBoundary")
        tags = try TagList("Tags", .iam, from: &members)
    }

    package var subjectID: String? { name }

    /// What is not there yet.
    package func resource(
        _ subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        let arn = caller.scope.iamARN("role\(path ?? "/")\(name ?? "")")
        return ProtectedResource(arn: arn, caller)
    }

    package func permissions() -> [Permission] {
        Permission.creating(Self.action, .tagRole, tags, boundaryARN)
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
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        try IAMPolicyDocument.checkTrustPolicy(trustPolicy ?? "", vault)
        let role = try NewPrincipal(
            principal: IAMPrincipal(
                partition: call.caller.scope.partition,
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
            tagList: tags
        ).make(in: vault)
        return IAMAnswer("Role", PrincipalElement(role, .made))
    }
}
