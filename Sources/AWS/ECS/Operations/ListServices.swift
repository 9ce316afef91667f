package import JSON
internal import Notation

/// Lists the services of a cluster that are ACTIVE, by their ARNs.
///
/// [ListServices](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html).
/// Errors: ClusterNotFoundException, InvalidParameterException.
package struct ListServices: ReadOperation {
    package static let action = ECSAction.listServices

    private let cluster: ClusterReference
    private let launchType: String?
    private let schedulingStrategy: String?
    private let resourceManagementType: String?
    private let page: ECSPageRequest

    package init(from members: inout Members) throws(APIError) {
        cluster = ClusterReference(try members.string("cluster"))
        launchType = try members.string("launchType")
        schedulingStrategy = try members.string("schedulingStrategy")
        resourceManagementType = try members.string("resourceManagementType")
        page = try ECSPageRequest(defaultLimit: 10, from: &members)
    }

    package var subjectID: String? { cluster.name }

    package func permissions() -> [Permission] {
        var permission = Permission(Self.action, on: .arn("*"))
        permission.lateConditions = ServiceConditions(
            service: ServiceReference(nil, in: cluster)
        )
        return [permission]
    }

    package func checkBeforeLookup() throws(APIError) {
        try ECSName.check(launchType, "Launch type", ServiceRules.launchTypes)
        try ECSName.check(schedulingStrategy, "Scheduling strategy", ["REPLICA", "DAEMON"])
        try page.check()
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let cluster = try self.cluster.cluster(in: call.caller.scope, vault)
        let query = "ListServices|\(cluster.arn)|\(launchType ?? "")|\(schedulingStrategy ?? "")"
        let page = try self.page.request.page(of: query, position: \ECSService.name) {
            after,
            limit throws(APIError) in
            try services(in: cluster, after: after, limit, vault)
        }
        return Response(page: page.map(\.arn))
    }

    /// As many as are wanted of those that fit.
    private func services(
        in cluster: ECSCluster,
        after name: String,
        _ limit: Int,
        _ vault: any VaultReading
    ) throws(APIError) -> [ECSService] {
        guard resourceManagementType ?? "CUSTOMER" == "CUSTOMER" else { return [] }
        var found: [ECSService] = []
        var place = name
        while found.count < limit {
            let services = try vault.ecsServices(in: cluster, after: place, limit: limit)
            found += services.filter { service in
                (launchType == nil || service.launchType == launchType)
                    && (schedulingStrategy == nil
                        || service.schedulingStrategy == schedulingStrategy)
            }.prefix(limit - found.count)
            guard services.count == limit, let last = services.last else { break }
            place = last.name
        }
        return found
    }

    package struct Response: Sendable, JSONWritable {
        let page: Page<String>

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("serviceArns", page.items)
            writer.member("nextToken", page.next)
            writer.endObject()
        }
    }
}
