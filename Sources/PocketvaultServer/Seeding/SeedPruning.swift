internal import AWS
internal import Notation

/// What is in the accounts and regions of seed documents, and in no document: secrets, and, where the
/// documents have principals, users, roles and policies.
///
/// Keys stay: what is under them would be lost.
struct SeedPruning {
    private var secrets: [Secret] = []
    private var holders: [IAMPrincipal] = []
    private var policies: [ManagedPolicy] = []

    init(of plan: SeedPlan, in vault: any VaultReading) throws(APIError) {
        var secrets: [Secret] = []
        let accounts = Set(plan.scopes.map(\.account)).sorted()
        let names = Set(plan.secrets.map { SecretAddress.name($0.name, $0.scope) })
        for account in accounts {
            try vault.forEachSecret(ofAccount: account) { secret throws(APIError) in
                let scope = secret.arn.scope
                guard plan.scopes.contains(scope), !secret.isReplica,
                    !names.contains(.name(secret.name, scope))
                else { return }
                secrets.append(secret)
            }
        }
        self.secrets = secrets
        guard !plan.principals.isEmpty else { return }
        let known = Set(plan.principals.map(\.identifier))
        for account in accounts {
            for kind in IAMPrincipal.Kind.allCases {
                holders += try vault.allPrincipals(kind, in: account).filter { holder in
                    !known.contains("\(account) \(kind.rawValue) \(holder.name.lowercased())")
                }
            }
            policies += try vault.allManagedPolicies(in: account).filter { policy in
                !known.contains("\(account) policy \(policy.name.lowercased())")
            }
        }
    }

    var changes: [SeedApplication.Change] {
        secrets.map { removal(.secret, $0.name, $0.arn.scope) }
            + holders.map { holder in
                removal(holder.kind == .role ? .role : .user, holder.name, .global(holder.account))
            } + policies.map { removal(.policy, $0.name, .global($0.account)) }
    }

    private func removal(
        _ kind: SeedKind,
        _ name: String,
        _ scope: Scope
    ) -> SeedApplication.Change {
        SeedApplication.Change(action: .remove, kind: kind, name: name, scope: scope)
    }

    /// Removes it for good.
    func run(in vault: any VaultWriting, at now: Timestamp) throws(APIError) {
        for secret in secrets {
            var secret = secret
            for replica in try vault.replicas(of: secret) {
                try ReplicaRemoval(from: replica.region).run(on: &secret, in: vault)
            }
            try Purge(of: secret).run(at: now, in: vault)
        }
        for holder in holders { try vault.delete(holder) }
        for policy in policies {
            for holder in try vault.principals(withPolicy: policy.arn, in: policy.account) {
                try vault.detachPolicy(arn: policy.arn, from: holder)
            }
            for holder in try vault.principals(boundedBy: policy.arn, in: policy.account) {
                var holder = holder
                holder.boundaryARN = nil
                try vault.update(holder)
            }
            try vault.delete(policy)
        }
    }
}

extension Scope {
    /// Of what IAM has, which is in no region.
    fileprivate static func global(_ account: String) -> Scope {
        Scope(account: account, region: "")
    }
}

extension VaultReading {
    /// All users or roles of an account, by their names.
    func allPrincipals(
        _ kind: IAMPrincipal.Kind,
        in account: String
    ) throws(APIError) -> [IAMPrincipal] {
        var all: [IAMPrincipal] = []
        while true {
            let last = all.last?.name ?? ""
            let page = try principals(kind, in: account, after: last, limit: 1_000)
            all += page
            if page.count < 1_000 { return all }
        }
    }

    /// All customer managed policies of an account, by their names.
    func allManagedPolicies(in account: String) throws(APIError) -> [ManagedPolicy] {
        var all: [ManagedPolicy] = []
        while true {
            let last = all.last?.name ?? ""
            let page = try managedPolicies(in: account, after: last, limit: 1_000)
            all += page
            if page.count < 1_000 { return all }
        }
    }
}
