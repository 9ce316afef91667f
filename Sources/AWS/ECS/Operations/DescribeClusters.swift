internal import Notation

/// Tells about clusters; without names, about `default`.
///
/// [DescribeClusters](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html).
/// A cluster that is not there is a failure in the answer. Errors: InvalidParameterException.
package struct DescribeClusters: ReadOperation {
    package typealias Response = DescribedElements<ClusterElement>

    package static let action = ECSAction.describeClusters

    private let names: [String]?
    private let include: [String]?

    package init(from members: inout Members) throws(APIError) {
        names = try members.strings("clusters")
        include = try members.strings("include")
    }

    private var clusters: [ClusterReference] {
        guard let names, !names.isEmpty else { return [ClusterReference(nil)] }
        return names.map(ClusterReference.init)
    }

    package var subjectID: String? { clusters.map(\.name).joined(separator: ",") }

    package func permissions() -> [Permission] {
        clusters.map { cluster in
            var permission = Permission(Self.action, on: cluster.target)
            permission.lateConditions = ClusterConditions(cluster: cluster)
            return permission
        }
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> DescribedElements<ClusterElement> {
        let parts = try ECSName.parts(ClusterElement.Part.self, include)
        let scope = call.caller.scope
        return try DescribedElements("clusters", of: clusters, name: { $0.arn(in: scope) }) {
            reference throws(APIError) in
            guard let cluster = try reference.find(in: scope, vault) else { return nil }
            return try ClusterElement(cluster, call.tasks, showing: parts, vault)
        }
    }
}
