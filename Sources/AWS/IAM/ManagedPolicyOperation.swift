internal import Notation

/// An operation on the managed policy that its PolicyArn names.
package protocol ManagedPolicyOperation: Operation
where API == IAMAction, Subject == ManagedPolicy {
    /// As sent; required.
    var policyARN: String? { get }
}

extension ManagedPolicyOperation {
    package var subjectID: String? { policyARN }

    /// A policy of the caller's account.
    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ManagedPolicy? {
        guard let policyARN, let policy = try vault.managedPolicy(arn: policyARN),
            policy.account == caller.scope.account
        else { return nil }
        return policy
    }

    package func resource(
        _ policy: ManagedPolicy?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        let arn = policyARN ?? ""
        let name = ARN(arn)?.path.last.map(String.init) ?? arn
        var resource = ProtectedResource(arn: arn, shownAs: "policy \(name)", caller)
        resource.conditions = policy.map { ManagedPolicyConditions(policy: $0) }
        return resource
    }

    package func violations() -> [Violation] { arnConstraints.violations }

    /// What the ARN must be.
    var arnConstraints: Constraints {
        var constraints = Constraints()
        constraints.policyARN(policyARN)
        return constraints
    }

    /// The policy that was found; AWS's own are not changed by anybody.
    func customerPolicy(_ call: Call<ManagedPolicy>) throws(APIError) -> ManagedPolicy {
        let arn = policyARN ?? ""
        guard AWSManagedPolicy(arn: arn) == nil else { throw .awsPolicyStays }
        guard let policy = call.located else { throw .noSuchPolicy(arn) }
        return policy
    }
}

extension VaultReading {
    /// Whether a policy of this ARN can be attached in an account.
    package func isAttachable(_ arn: String, in account: String) throws(APIError) -> Bool {
        if AWSManagedPolicy(arn: arn) != nil { return true }
        return try managedPolicy(arn: arn)?.account == account
    }

    /// Refuses a policy that a user or role cannot have: one that is not there, or one of another
    /// partition.
    func checkAttachable(_ arn: String, to principal: IAMPrincipal) throws(APIError) {
        guard ARN(arn)?.partition ?? principal.partition == principal.partition else {
            throw .policyOfOtherPartition(arn)
        }
        guard try isAttachable(arn, in: principal.account) else { throw .policyNotAttachable(arn) }
    }

    /// A customer's policy as answers show it.
    func element(
        _ policy: ManagedPolicy,
        _ form: AnswerForm
    ) throws(APIError) -> ManagedPolicyElement {
        let (arn, account) = (policy.arn, policy.account)
        return ManagedPolicyElement(
            name: policy.name,
            uniqueID: policy.uniqueID,
            arn: arn,
            path: policy.path,
            description: policy.description,
            defaultVersion: policy.defaultVersion,
            attachmentCount: try principals(withPolicy: arn, in: account).count,
            boundaryCount: try principals(boundedBy: arn, in: account).count,
            createdAt: policy.createdAt,
            updatedAt: policy.updatedAt,
            tags: form == .listed ? [] : try tags(of: policy),
            form: form
        )
    }

    /// One of AWS's own, as an account sees it.
    func element(
        _ policy: AWSManagedPolicy,
        in account: String,
        _ form: AnswerForm
    ) throws(APIError) -> ManagedPolicyElement {
        ManagedPolicyElement(
            name: policy.name,
            uniqueID: policy.uniqueID,
            arn: policy.arn,
            path: policy.path,
            description: policy.description,
            defaultVersion: 1,
            attachmentCount: try principals(withPolicy: policy.arn, in: account).count,
            boundaryCount: try principals(boundedBy: policy.arn, in: account).count,
            createdAt: AWSManagedPolicy.createdAt,
            updatedAt: AWSManagedPolicy.createdAt,
            form: form
        )
    }

    /// Whether the vault knows any user or role of an account.
    func hasPrincipals(in account: String) throws(APIError) -> Bool {
        for kind in IAMPrincipal.Kind.allCases {
            if try !principals(kind, in: account, after: "", limit: 1).isEmpty { return true }
        }
        return false
    }
}

extension ManagedPolicy: CallSubject {}
