/// The store of users, roles, policies and access keys, as the operations see it.
///
/// Names are unique in an account without regard to case. Every method that reaches the disk may
/// throw an InternalServiceError with the cause.
package protocol IAMReading {
    func principal(
        _ kind: IAMPrincipal.Kind,
        named name: String,
        in account: String
    ) throws(APIError) -> IAMPrincipal?

    func principal(id: Int64) throws(APIError) -> IAMPrincipal?

    /// A user or role with its tags, as it is asked for with each call that it makes.
    func taggedPrincipal(id: Int64) throws(APIError) -> TaggedPrincipal?

    /// By their names without regard to case, from after `name` on.
    func principals(
        _ kind: IAMPrincipal.Kind,
        in account: String,
        after name: String,
        limit: Int
    ) throws(APIError) -> [IAMPrincipal]

    /// In the order in which they were first attached.
    func tags(of principal: IAMPrincipal) throws(APIError) -> [Tag]

    /// By their names.
    func inlinePolicies(of principal: IAMPrincipal) throws(APIError) -> [InlinePolicy]

    /// The ARNs of the managed policies that are attached, in the order in which they were.
    func attachedPolicyARNs(of principal: IAMPrincipal) throws(APIError) -> [String]

    /// What a managed policy says now, one of AWS too; nil when it is not there.
    func policyDocument(arn: String) throws(APIError) -> String?

    /// A policy that a customer made; those of AWS are `AWSManagedPolicy`.
    func managedPolicy(arn: String) throws(APIError) -> ManagedPolicy?

    func managedPolicy(
        named name: String,
        in account: String
    ) throws(APIError) -> ManagedPolicy?

    /// By their names without regard to case, from after `name` on.
    func managedPolicies(
        in account: String,
        after name: String,
        limit: Int
    ) throws(APIError) -> [ManagedPolicy]

    /// All of them, at most five, the newest first.
    func versions(of policy: ManagedPolicy) throws(APIError) -> [ManagedPolicyVersion]

    func tags(of policy: ManagedPolicy) throws(APIError) -> [Tag]

    /// The users and roles of an account that a managed policy is attached to, by their names.
    func principals(
        withPolicy arn: String,
        in account: String
    ) throws(APIError) -> [IAMPrincipal]

    /// The users and roles of an account whose permissions boundary a managed policy is.
    func principals(
        boundedBy arn: String,
        in account: String
    ) throws(APIError) -> [IAMPrincipal]

    /// Those of one user, or of the account's root when there is none.
    func accessKeys(
        ofPrincipal id: Int64?,
        in account: String
    ) throws(APIError) -> [AccessKey]

    /// Opens an access key, an inactive one too; nil when nobody has it.
    func credential(accessKeyID: String) throws(APIError) -> Credential?

    /// The name of an account.
    func alias(ofAccount account: String) throws(APIError) -> String?

    /// Which account has a name.
    func account(ofAlias alias: String) throws(APIError) -> String?

    /// Whether anybody has an access key.
    func hasAccessKeys() throws(APIError) -> Bool
}

/// What can be done to the store of users, roles, policies and access keys.
package protocol IAMWriting: IAMReading {
    /// Makes a user or role; its `id` is the vault's to give.
    func insert(_ principal: IAMPrincipal) throws(APIError) -> IAMPrincipal

    /// Stores everything of `principal` that can change.
    func update(_ principal: IAMPrincipal) throws(APIError)

    /// Removes it with all that is in it or attached to it, access keys included.
    func delete(_ principal: IAMPrincipal) throws(APIError)

    func setTags(_ tags: [Tag], of principal: IAMPrincipal) throws(APIError)

    /// Puts an inline policy in place of one of the same name, or removes it when it is nil.
    func setInlinePolicy(
        _ document: String?,
        named name: String,
        of principal: IAMPrincipal
    ) throws(APIError)

    /// Attaches a managed policy; nothing changes when it is attached.
    func attachPolicy(arn: String, to principal: IAMPrincipal) throws(APIError)

    func detachPolicy(arn: String, from principal: IAMPrincipal) throws(APIError)

    /// Makes a policy with its first version; its `id` is the vault's to give.
    func insert(_ policy: ManagedPolicy, document: String) throws(APIError) -> ManagedPolicy

    /// Stores everything of `policy` that can change.
    func update(_ policy: ManagedPolicy) throws(APIError)

    /// Removes it with its versions; it must not be attached.
    func delete(_ policy: ManagedPolicy) throws(APIError)

    func setTags(_ tags: [Tag], of policy: ManagedPolicy) throws(APIError)

    func insertVersion(
        _ version: ManagedPolicyVersion,
        of policy: ManagedPolicy
    ) throws(APIError)

    func deleteVersion(_ number: Int64, of policy: ManagedPolicy) throws(APIError)

    /// Makes an access key, its secret sealed.
    func insert(_ key: AccessKey, secretAccessKey: String) throws(APIError)

    /// Stores everything of `key` that can change.
    func update(_ key: AccessKey) throws(APIError)

    func delete(_ key: AccessKey) throws(APIError)

    /// Gives an account a name that no other has, or none.
    func setAlias(_ alias: String?, ofAccount account: String) throws(APIError)

    /// A new secret access key: 40 characters that nobody can guess.
    func makeSecretAccessKey() throws(APIError) -> String
}
