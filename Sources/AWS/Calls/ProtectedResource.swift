internal import Notation

/// What a permission is needed for, with the policies that are attached to it.
package struct ProtectedResource: Sendable {
    /// The ARN that policies are compared with, or `*` when there is nothing in particular.
    let arn: String
    /// The account that owns it.
    let account: String
    /// What a refusal calls it; nil when it is not mentioned.
    let shownAs: String?
    var policies: [PolicyText] = []
    /// Whether its own policy must agree even to callers of its account.
    var needsOwnPolicy = false
    /// Policies of it that have a say in some requests only.
    var occasionalPolicies: (any OccasionalPolicies)?
    /// How a policy that is to last names it; nil for just so.
    var pattern: String?
    /// The condition keys that tell about it.
    var conditions: (any ConditionSource)?
}

/// Condition keys that are read from the vault: each only for policies that look at it.
protocol ConditionSource: Sendable {
    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError)
}

/// Policies of a resource that are looked for when it is known what is asked, as grants are.
protocol OccasionalPolicies: Sendable {
    func policies(
        for permission: Permission,
        of caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [PolicyText]
}

extension ProtectedResource {
    /// Something by its ARN; one without an account is the caller's, and so is what AWS keeps in
    /// every account.
    init(arn: String, _ caller: Caller) {
        self.arn = arn
        account = ProtectedResource.owner(of: arn, seenBy: caller)
        shownAs = arn
    }

    /// Something by its ARN that a refusal calls otherwise.
    init(arn: String, shownAs name: String, _ caller: Caller) {
        self.arn = arn
        account = ProtectedResource.owner(of: arn, seenBy: caller)
        shownAs = name
    }

    /// Something whose owner is known.
    init(arn: String, shownAs name: String?, account: String) {
        self.arn = arn
        self.account = account
        shownAs = name
    }

    /// What a permission names that is not for the subject of the call.
    init(_ target: Permission.Target, _ caller: Caller) {
        switch target {
        case .inScope(let service, let name):
            self.init(arn: ARN(service, in: caller.scope, name).text, caller)
        case .arn(let arn): self.init(arn: arn, caller)
        case .subject, .nothing: self.init(nothingFor: caller)
        }
    }

    /// Nothing in particular.
    init(nothingFor caller: Caller) {
        arn = "*"
        account = caller.scope.account
        shownAs = nil
    }

    /// How a refusal names it to somebody: KMS does not tell others the ARNs of an account's keys.
    func phrase(to caller: Caller) -> String {
        let isForeign = account != caller.scope.account
        if isForeign, ARN(arn)?.service == "kms" { return " on this resource" }
        return shownAs.map { " on resource: \($0)" } ?? ""
    }

    private static func owner(of arn: String, seenBy caller: Caller) -> String {
        guard let account = ARN(arn)?.account, !account.isEmpty, account != "aws" else {
            return caller.scope.account
        }
        return account
    }
}
