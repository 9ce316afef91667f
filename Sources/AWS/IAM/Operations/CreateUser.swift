internal import Notation

/// Makes a user.
///
/// [CreateUser](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html).
/// Errors: EntityAlreadyExists, NoSuchEntity, InvalidInput, LimitExceeded.
package struct CreateUser: WriteOperation {
    package typealias Response = IAMAnswer

    package static let action = IAMAction.createUser

    private let name: String?
    private let path: String?
    private let boundaryARN: String?
    private let tags: TagList?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("UserName")
        path = try members.string("Path")
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
        let arn = caller.scope.iamARN("user\(path ?? "/")\(name ?? "")")
        return ProtectedResource(arn: arn, caller)
    }

    package func permissions() -> [Permission] {
        Permission.creating(Self.action, .tagUser, tags, boundaryARN)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.require(name, at: "userName")
        constraints.newUserName(name, at: "userName")
        constraints.path(path)
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
        let user = try NewPrincipal(
            principal: IAMPrincipal(
                partition: call.caller.scope.partition,
                account: call.caller.scope.account,
                kind: .user,
                name: name ?? "",
                path: path ?? "/",
                uniqueID: UniqueID.user.make(using: call.randomness),
                createdAt: call.now,
                boundaryARN: boundaryARN
            ),
            tagList: tags
        ).make(in: vault)
        return IAMAnswer("User", PrincipalElement(user, .made))
    }
}

extension Permission {
    /// What it takes to make something, with a boundary and tags perhaps.
    static func creating(
        _ action: IAMAction,
        _ tagAction: IAMAction,
        _ tags: TagList?,
        _ boundaryARN: String?
    ) -> [Permission] {
        var create = Permission(action)
        create.set("iam:PermissionsBoundary", boundaryARN)
        create.set(requestTags: tags)
        guard tags != nil else { return [create] }
        var tag = Permission(tagAction)
        tag.set(requestTags: tags)
        return [create, tag]
    }
}
