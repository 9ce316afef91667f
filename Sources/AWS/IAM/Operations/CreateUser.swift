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
    private let tags: IAMTagList?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("UserName")
        path = try members.string("Path")
        boundaryARN = try members.string("PermissionsBoundary")
        tags = try IAMTagList(from: &members)
    }

    package var subject: String? { name }

    package func permissions() -> [Permission] {
        let target = Permission.Target.iam("user\(path ?? "/")\(name ?? "")")
        return Permission.creating(Self.action, .tagUser, target, tags, boundaryARN)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.principalName(name, .user)
        // AWS lets users have longer names in requests than it gives them.
        constraints.length(of: name, 1...64, at: "userName")
        constraints.path(path)
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
        let user = try vault.insertNew(
            IAMPrincipal(
                account: call.caller.scope.account,
                kind: .user,
                name: name ?? "",
                path: path ?? "/",
                uniqueID: UniqueID.user.make(using: call.randomness),
                createdAt: call.now,
                boundaryARN: boundaryARN
            ),
            tags
        )
        return IAMAnswer("User", PrincipalElement(principal: user.principal, tags: user.tags))
    }
}

extension VaultWriting {
    /// Makes a user or role, unless its name is taken or its boundary is no policy.
    func insertNew(
        _ principal: IAMPrincipal,
        _ tagList: IAMTagList?
    ) throws(APIError) -> TaggedPrincipal {
        let (kind, name, account) = (principal.kind, principal.name, principal.account)
        guard try self.principal(kind, named: name, in: account) == nil else {
            throw .principalExists(kind, name)
        }
        if let arn = principal.boundaryARN, try !isAttachable(arn, in: account) {
            throw .policyNotAttachable(arn)
        }
        let tags = try tagList?.tags() ?? []
        let inserted = try insert(principal)
        if !tags.isEmpty { try setTags(tags, of: inserted) }
        return TaggedPrincipal(principal: inserted, tags: tags)
    }
}

extension Permission {
    /// What it takes to make something, with a boundary and tags perhaps.
    static func creating(
        _ action: IAMAction,
        _ tagAction: IAMAction,
        _ target: Target,
        _ tags: IAMTagList?,
        _ boundaryARN: String?
    ) -> [Permission] {
        var create = Permission(action, on: target)
        create.set("iam:PermissionsBoundary", boundaryARN)
        create.set(requestTags: tags)
        guard tags != nil else { return [create] }
        var tag = Permission(tagAction, on: target)
        tag.set(requestTags: tags)
        return [create, tag]
    }
}
