internal import AWS
internal import AccessControl
internal import Threads

/// Policies that were read before: a text always says the same.
final class PolicyCache: Sendable {
    private static let limit = 512

    private let policies = Locked<[PolicyText: AttachedPolicy]>([:])

    @Sendable func policy(_ text: PolicyText) -> AttachedPolicy {
        if let policy = policies.withLock({ $0[text] }) { return policy }
        let policy = AttachedPolicy(text)
        policies.withLock { policies in
            if policies.count >= PolicyCache.limit { policies.removeAll() }
            policies[text] = policy
        }
        return policy
    }
}
