package import JSON
internal import Notation

/// Makes a cluster; one that is there already is told as it is.
///
/// [CreateCluster](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html).
/// Errors: InvalidParameterException.
package struct CreateCluster: WriteOperation {
    package static let action = ECSAction.createCluster

    private let document: JSONObject

    package init(from members: inout Members) throws(APIError) {
        document = try members.document(of: ECSShape.createCluster)
    }

    private var name: String { ClusterReference(document.text("clusterName")).name }

    package var subjectID: String? { name }

    package func permissions() -> [Permission] {
        var permission = Permission(Self.action, on: .arn("*"))
        permission.set("ecs:capacity-provider", all: document.strings("capacityProviders"))
        let cluster = Permission.Target.inScope(
            service: ECS.signingName,
            resource: "cluster/\(name)"
        )
        return permission.creating(cluster, Self.action, with: document.tags)
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        guard ECSName.isValid(name) else { throw .malformedECSName("Cluster") }
        try ECSName.checkTags(document.tags)
        let scope = call.caller.scope
        let made: ECSCluster
        if let present = try vault.ecsCluster(name, in: scope) {
            made = present
        } else {
            made = try vault.insert(ECSCluster(scope: scope, name: name, document: document))
        }
        let shown: Set<ClusterElement.Part> = [.configurations, .settings, .tags]
        return Response(
            cluster: try ClusterElement(made, call.tasks, showing: shown, vault),
            count: try vault.ecsClusterCount(in: scope),
            resource: RecordedResource(arn: made.arn, scope: scope)
        )
    }

    package static func recordedResource(in response: Response) -> RecordedResource? {
        response.resource
    }

    package struct Response: Sendable, JSONWritable {
        let cluster: ClusterElement
        let count: Int64
        let resource: RecordedResource

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("cluster")
            cluster.write(to: &writer)
            writer.member("clusterCount", count)
            writer.endObject()
        }
    }
}
