package import JSON
package import Notation

/// A service: what should run, and how many of it.
package struct ECSService: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case active = "ACTIVE"
        /// Deleted, while tasks of it still run.
        case draining = "DRAINING"
        /// Deleted.
        case inactive = "INACTIVE"
    }

    /// The row; 0 before there is one.
    package var id: Int64 = 0
    package let cluster: ECSCluster
    package let name: String
    package var status = Status.active
    package var desiredCount: Int64
    /// The ARN of a task definition, with its revision.
    package var taskDefinition: String
    /// The request that made it, as it was sent: who sends it again gets the service.
    package let request: JSONObject
    /// What it is now, in the members of the request.
    package var document: JSONObject
    package let createdBy: String
    package let createdAt: Timestamp

    package init(
        id: Int64 = 0,
        cluster: ECSCluster,
        name: String,
        status: Status = .active,
        desiredCount: Int64,
        taskDefinition: String,
        request: JSONObject,
        document: JSONObject,
        createdBy: String,
        createdAt: Timestamp
    ) {
        self.id = id
        self.cluster = cluster
        self.name = name
        self.status = status
        self.desiredCount = desiredCount
        self.taskDefinition = taskDefinition
        self.request = request
        self.document = document
        self.createdBy = createdBy
        self.createdAt = createdAt
    }

    package var arn: String {
        ARN("ecs", in: cluster.scope, "service/\(cluster.name)/\(name)").text
    }

    /// What its tasks run on; nil when capacity providers say it.
    var launchType: String? {
        if let type = document.text("launchType") { return type }
        return document["capacityProviderStrategy"] == nil ? "EC2" : nil
    }

    var schedulingStrategy: String { document.text("schedulingStrategy") ?? "REPLICA" }
}
