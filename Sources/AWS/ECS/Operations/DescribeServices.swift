internal import Notation

/// Tells about services of a cluster; one that is not there is a failure in the answer.
///
/// [DescribeServices](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html).
/// Errors: ClusterNotFoundException, InvalidParameterException.
package struct DescribeServices: ReadOperation {
    package typealias Response = DescribedElements<ServiceElement>

    package static let action = ECSAction.describeServices

    private let cluster: ClusterReference
    private let services: [ServiceReference]
    private let include: [String]?

    private enum Part: String, CaseIterable {
        case tags = "TAGS"
    }

    package init(from members: inout Members) throws(APIError) {
        let cluster = ClusterReference(try members.string("cluster"))
        self.cluster = cluster
        services = (try members.strings("services") ?? []).map { service in
            ServiceReference(service, in: cluster)
        }
        include = try members.strings("include")
    }

    package var subjectID: String? { services.map(\.name).joined(separator: ",") }

    package func permissions() -> [Permission] {
        guard !services.isEmpty else { return [Permission(Self.action, on: .arn("*"))] }
        return services.map { $0.permission(for: Self.action) }
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> DescribedElements<ServiceElement> {
        let showsTags = try ECSName.parts(Part.self, include).contains(.tags)
        guard !services.isEmpty else { throw .servicesMissing }
        guard services.count <= 10 else { throw .tooManyServices }
        let scope = call.caller.scope
        let cluster = try self.cluster.cluster(in: scope, vault)
        return try DescribedElements("services", of: services, name: { $0.arn(in: scope) }) {
            reference throws(APIError) in
            guard let service = try reference.find(in: cluster, vault) else { return nil }
            return try ServiceElement(service, call.tasks, showingTags: showsTags, vault)
        }
    }
}
