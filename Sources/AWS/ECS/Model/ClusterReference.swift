internal import Notation

/// How a request names a cluster: by its name, by its ARN, or not at all, which means `default`.
struct ClusterReference: Sendable {
    private let sent: String?

    init(_ sent: String?) {
        self.sent = sent
    }

    /// The name, whether there is such a cluster or not.
    var name: String {
        guard let sent, !sent.isEmpty else { return "default" }
        guard let arn = ARN(sent) else { return sent }
        return String(arn.path.last ?? "")
    }

    /// What a permission for it is asked on.
    var target: Permission.Target {
        if let sent, ARN.isARN(sent) { return .arn(sent) }
        return .inScope(service: ECS.signingName, resource: "cluster/\(name)")
    }

    /// As a failure calls it.
    func arn(in scope: Scope) -> String {
        if let sent, ARN.isARN(sent) { return sent }
        return ARN(ECS.signingName, in: scope, "cluster/\(name)").text
    }

    /// The cluster of the caller's account and region; nil when there is none.
    func find(in scope: Scope, _ vault: any VaultReading) throws(APIError) -> ECSCluster? {
        if let sent, let arn = ARN(sent), !arn.isOwn(of: scope) { return nil }
        return try vault.ecsCluster(name, in: scope)
    }

    /// The same where there must be one.
    func cluster(in scope: Scope, _ vault: any VaultReading) throws(APIError) -> ECSCluster {
        guard let cluster = try find(in: scope, vault) else { throw .clusterNotFound }
        return cluster
    }
}

extension ARN {
    /// Whether it is of an account and region, and so of their partition.
    func isOwn(of other: Scope) -> Bool { scope == other && partition == other.partition }
}
