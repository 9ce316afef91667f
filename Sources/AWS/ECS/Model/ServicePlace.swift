package import Notation

/// Where a service is, for who is no caller: a cluster and a name in an account and region.
package struct ServicePlace: Sendable {
    private let reference: ServiceReference
    private let scope: Scope

    /// - Parameters:
    ///   - service: its name or ARN.
    ///   - cluster: the name or ARN of its cluster; nil for `default`, or what the service's ARN says.
    ///   - scope: where it is, unless an ARN says so.
    package init(_ service: String, in cluster: String?, _ scope: Scope) {
        var cluster = cluster
        let arn = ARN(service)
        if cluster == nil, let path = arn?.path, path.count == 3 { cluster = String(path[1]) }
        reference = ServiceReference(service, in: ClusterReference(cluster))
        self.scope = arn?.scope ?? cluster.flatMap { ARN($0)?.scope } ?? scope
    }

    /// - Parameter arn: of a service, with its cluster in it.
    package init(arn: String) {
        self.init(arn, in: nil, Scope(account: "", region: ""))
    }

    /// The ARN, whether there is such a service or not.
    package var arn: String { reference.arn(in: scope) }

    /// The service; nil when it is not there.
    package func find(_ vault: any VaultReading) throws(APIError) -> ECSService? {
        guard let cluster = try reference.cluster.find(in: scope, vault) else { return nil }
        return try reference.find(in: cluster, vault)
    }
}
