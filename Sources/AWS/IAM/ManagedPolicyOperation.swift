/// An operation on the managed policy that its PolicyArn names.
package protocol ManagedPolicyOperation: Operation where API == IAMAction {
    /// As sent; required.
    var policyARN: String? { get }
}

extension ManagedPolicyOperation {
    package var subject: String? { policyARN }

    package func permissions() -> [Permission] { [ownPermission] }

    var ownPermission: Permission {
        Permission(Self.action, on: .resource(policyARN ?? ""))
    }

    package func violations() -> [Violation] { arnConstraints.violations }

    /// What the ARN must be.
    var arnConstraints: Constraints {
        var constraints = Constraints()
        constraints.policyARN(policyARN)
        return constraints
    }

    /// A policy of the caller's account; AWS's own are not changed by anybody.
    func customerPolicy(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> ManagedPolicy {
        let arn = policyARN ?? ""
        guard AWSManagedPolicy(arn: arn) == nil else { throw .awsPolicyStays }
        guard let policy = try vault.managedPolicy(arn: arn),
            policy.account == call.caller.scope.account
        else { throw .noSuchPolicy(arn) }
        return policy
    }
}

extension VaultReading {
    /// Whether a policy of this ARN can be attached in an account.
    package func isAttachable(_ arn: String, in account: String) throws(APIError) -> Bool {
        if AWSManagedPolicy(arn: arn) != nil { return true }
        return try managedPolicy(arn: arn)?.account == account
    }

    /// A customer's policy as answers show it.
    func element(
        _ policy: ManagedPolicy,
        withTags: Bool = false
    ) throws(APIError) -> PolicyElement {
        let (arn, account) = (policy.arn, policy.account)
        return PolicyElement(
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
            tags: withTags ? try tags(of: policy) : []
        )
    }

    /// One of AWS's own, as an account sees it.
    func element(
        _ policy: AWSManagedPolicy,
        in account: String
    ) throws(APIError) -> PolicyElement {
        PolicyElement(
            name: policy.name,
            uniqueID: policy.uniqueID,
            arn: policy.arn,
            path: policy.path,
            description: policy.description,
            defaultVersion: 1,
            attachmentCount: try principals(withPolicy: policy.arn, in: account).count,
            boundaryCount: try principals(boundedBy: policy.arn, in: account).count,
            createdAt: AWSManagedPolicy.createdAt,
            updatedAt: AWSManagedPolicy.createdAt
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
