internal import Notation

/// Deletes a service: its tasks end, and it is described for a while as it ended.
///
/// [DeleteService](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html).
/// Errors: ClusterNotFoundException, ServiceNotFoundException, InvalidParameterException.
package struct DeleteService: WriteOperation {
    package typealias Response = ServiceAnswer

    package static let action = ECSAction.deleteService

    private let service: ServiceReference
    private let force: Bool

    package init(from members: inout Members) throws(APIError) {
        let cluster = ClusterReference(try members.string("cluster"))
        service = ServiceReference(try members.string("service"), in: cluster)
        force = try members.boolean("force") ?? false
    }

    package var subjectID: String? { service.name }

    package func permissions() -> [Permission] { [service.permission(for: Self.action)] }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> ServiceAnswer {
        let cluster = try service.cluster.cluster(in: call.caller.scope, vault)
        guard var found = try service.find(in: cluster, vault) else {
            throw .ecsServiceToDeleteNotFound
        }
        guard found.desiredCount == 0 || force else { throw .ecsServiceIsScaled }
        if found.status == .active {
            found.status = .draining
            found.desiredCount = 0
            try vault.update(found)
        }
        let answer = try ServiceAnswer(found, call.tasks, vault)
        try call.settle(found, vault)
        return answer
    }

    package static func recordedResource(in response: ServiceAnswer) -> RecordedResource? {
        response.resource
    }
}
