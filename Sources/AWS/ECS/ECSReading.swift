package import Notation

/// The store of clusters, services and task definitions, as the operations see it.
///
/// Every method that reaches the disk may throw an InternalServiceError with the cause.
package protocol ECSReading {
    func ecsCluster(_ name: String, in scope: Scope) throws(APIError) -> ECSCluster?

    /// How many clusters there are in an account and region.
    func ecsClusterCount(in scope: Scope) throws(APIError) -> Int64

    /// One that was deleted too, until another takes its name.
    func ecsService(_ name: String, in cluster: ECSCluster) throws(APIError) -> ECSService?

    /// Those that are ACTIVE, by their names, from after `name` on.
    func ecsServices(
        in cluster: ECSCluster,
        after name: String,
        limit: Int
    ) throws(APIError) -> [ECSService]

    /// Newest first.
    func ecsDeployments(of service: ECSService) throws(APIError) -> [ECSDeployment]

    /// The newest hundred, newest first.
    func ecsEvents(of service: ECSService) throws(APIError) -> [ECSServiceEvent]

    func ecsTaskDefinition(
        _ family: String,
        _ revision: Int64,
        in scope: Scope
    ) throws(APIError) -> ECSTaskDefinition?

    /// The newest revision of a family that is ACTIVE.
    func ecsTaskDefinition(
        newestOf family: String,
        in scope: Scope
    ) throws(APIError) -> ECSTaskDefinition?

    /// The number of the newest revision that a family ever had; 0 when it had none.
    func ecsLastRevision(of family: String, in scope: Scope) throws(APIError) -> Int64

    /// By family and revision, upwards or downwards, from after a place on.
    func ecsTaskDefinitions(
        _ listing: TaskDefinitionListing,
        after place: TaskDefinitionListing.Place?,
        limit: Int
    ) throws(APIError) -> [ECSTaskDefinition]
}

/// What can be done to the store of clusters, services and task definitions.
package protocol ECSWriting: ECSReading {
    func insert(_ cluster: ECSCluster) throws(APIError) -> ECSCluster

    /// Makes a service, in place of a deleted one of its name.
    func insert(_ service: ECSService) throws(APIError) -> ECSService

    /// Stores everything of `service` that can change.
    func update(_ service: ECSService) throws(APIError)

    /// Puts deployments, newest first, in place of all that a service has.
    func setDeployments(
        _ deployments: [ECSDeployment],
        of service: ECSService
    ) throws(APIError)

    /// Adds an event, and forgets the oldest when there are more than a hundred.
    func append(_ event: ECSServiceEvent, to service: ECSService) throws(APIError)

    func insert(_ taskDefinition: ECSTaskDefinition) throws(APIError) -> ECSTaskDefinition

    /// Makes a task definition INACTIVE.
    func deregister(
        _ taskDefinition: ECSTaskDefinition,
        at time: Timestamp
    ) throws(APIError)
}

/// Which task definitions are listed.
package struct TaskDefinitionListing: Sendable {
    package let scope: Scope
    /// Nil for all.
    package let family: String?
    package let isActive: Bool
    package let isAscending: Bool

    /// Where a page ended.
    package struct Place: Sendable {
        package let family: String
        package let revision: Int64
    }
}
