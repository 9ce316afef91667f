internal import AWS
internal import Notation
internal import Threads

/// AWS's request rates: so many calls of an account in a region in a second, by the vault's clock.
///
/// A quota is a bucket of tokens: it holds those of one second, and fills as time passes. With a frozen
/// clock nothing is filled again.
///
/// [Quotas](https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html)
final class RequestQuotas: Sendable {
    /// Some operations share a bucket.
    private enum Group: Sendable, Hashable {
        case alone(String)
        case rotation, tags, changes, policies
    }

    private struct Place: Hashable {
        let scope: Scope
        let group: Group
    }

    private struct Bucket {
        var tokens: Double
        var time: Timestamp
    }

    /// So many buckets are kept; a full one is worth as much as none.
    private static let limit = 10_000

    private let buckets = Locked<[Place: Bucket]>([:])

    /// - Returns: that it is refused, when it is one too many; nil when it is not.
    func fault(of call: FaultedCall, at now: Timestamp) -> Fault? {
        guard call.service == SecretsManager.signingName,
            let (group, rate) = RequestQuotas.quota(of: call.operation)
        else { return nil }
        // Calls to another account's secrets count for the caller's own.
        let place = Place(scope: call.caller.scope, group: group)
        let isTaken = buckets.withLock { buckets in
            if buckets.count > RequestQuotas.limit { buckets = [:] }
            var bucket = buckets[place] ?? Bucket(tokens: rate, time: now)
            let passed = Double(max(0, now.milliseconds - bucket.time.milliseconds)) / 1_000
            bucket.tokens = min(rate, bucket.tokens + passed * rate)
            bucket.time = now
            let isTaken = bucket.tokens >= 1
            if isTaken { bucket.tokens -= 1 }
            buckets[place] = bucket
            return isTaken
        }
        return isTaken ? nil : Fault(id: nil, effect: .error(.throttled))
    }

    private static func quota(of operation: String) -> (group: Group, rate: Double)? {
        guard let action = SecretsManagerAction(rawValue: operation) else { return nil }
        switch action {
        case .describeSecret: return (.alone(operation), 40_000)
        case .getSecretValue: return (.alone(operation), 10_000)
        case .batchGetSecretValue, .listSecrets: return (.alone(operation), 100)
        case .createSecret, .deleteSecret, .getRandomPassword, .listSecretVersionIDs,
            .restoreSecret:
            return (.alone(operation), 50)
        case .cancelRotateSecret, .rotateSecret: return (.rotation, 50)
        case .tagResource, .untagResource: return (.tags, 50)
        case .putSecretValue, .removeRegionsFromReplication, .replicateSecretToRegions,
            .stopReplicationToReplica, .updateSecret, .updateSecretVersionStage:
            return (.changes, 50)
        case .deleteResourcePolicy, .getResourcePolicy, .putResourcePolicy,
            .validateResourcePolicy:
            return (.policies, 50)
        // AWS says nothing of these.
        case .associateCrossAccountReplica, .disassociateCrossAccountReplica,
            .listResourcePolicies:
            return nil
        }
    }
}
