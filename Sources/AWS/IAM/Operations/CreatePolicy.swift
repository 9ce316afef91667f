/// Makes a managed policy with its first version.
///
/// [CreatePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html).
/// Errors: EntityAlreadyExists, MalformedPolicyDocument, InvalidInput, LimitExceeded.
package struct CreatePolicy: WriteOperation {
    package typealias Response = IAMAnswer

    package static let action = IAMAction.createPolicy

    private let name: String?
    private let path: String?
    private let document: String?
    private let description: String?
    private let tags: IAMTagList?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("PolicyName")
        path = try members.string("Path")
        document = try members.string("PolicyDocument")
        description = try members.string("Description")
        tags = try IAMTagList(from: &members)
    }

    package var subject: String? { name }

    package func permissions() -> [Permission] {
        let target = Permission.Target.iam("policy\(path ?? "/")\(name ?? "")")
        return Permission.creating(Self.action, .tagPolicy, target, tags, nil)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.policyName(ofIAM: name)
        constraints.path(path)
        constraints.policyDocument(document)
        constraints.iamDescription(description)
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        let account = call.caller.scope.account
        let name = name ?? ""
        guard try vault.managedPolicy(named: name, in: account) == nil else {
            throw .policyExists(name)
        }
        try IAMPolicyDocument.checkManagedPolicy(document ?? "")
        let tags = try self.tags?.tags() ?? []
        let policy = try vault.insert(
            ManagedPolicy(
                account: account,
                name: name,
                path: path ?? "/",
                uniqueID: UniqueID.policy.make(using: call.randomness),
                description: description,
                createdAt: call.now,
                updatedAt: call.now
            ),
            document: document ?? ""
        )
        if !tags.isEmpty { try vault.setTags(tags, of: policy) }
        return IAMAnswer("Policy", try vault.element(policy, withTags: true))
    }
}
