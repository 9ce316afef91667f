internal import Notation

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
    private let tags: TagList?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("PolicyName")
        path = try members.string("Path")
        document = try members.string("PolicyDocument")
        description = try members.string("Description")
        tags = try TagList("Tags", .iam, from: &members)
    }

    package var subjectID: String? { name }

    /// What is not there yet.
    package func resource(
        _ subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        let arn = caller.scope.iamARN("policy\(path ?? "/")\(name ?? "")")
        return ProtectedResource(arn: arn, caller)
    }

    package func permissions() -> [Permission] {
        Permission.creating(Self.action, .tagPolicy, tags, nil)
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
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        let account = call.caller.scope.account
        let name = name ?? ""
        guard try vault.managedPolicy(named: name, in: account) == nil else {
            throw .policyExists(name)
        }
        let partition = call.caller.scope.partition
        try IAMPolicyDocument.checkManagedPolicy(document ?? "", in: partition)
        let tags = try self.tags?.tags() ?? []
        let policy = try vault.insert(
            ManagedPolicy(
                partition: partition,
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
        return IAMAnswer("Policy", try vault.element(policy, .made))
    }
}
