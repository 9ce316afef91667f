internal import JSON
internal import Notation

/// A deployment as a service shows it.
struct DeploymentElement: JSONWritable, Sendable {
    private let deployment: ECSDeployment
    private let service: ECSService
    private let runningCount: Int64
    private let pendingCount: Int64

    init(_ deployment: ECSDeployment, of service: ECSService, _ tasks: [RunningTask]) {
        self.deployment = deployment
        self.service = service
        runningCount = Int64(tasks.count { $0.deployment == deployment.id })
        // A task that runs nothing yet is about to run the newest.
        let pending = deployment.isPrimary ? tasks.count { $0.deployment == nil } : 0
        pendingCount = Int64(pending)
    }

    func write(to writer: inout JSONWriter) {
        let document = service.document
        writer.beginObject()
        writer.member("id", deployment.id)
        writer.member("status", deployment.status)
        writer.member("taskDefinition", deployment.taskDefinition)
        writer.member("desiredCount", deployment.desiredCount)
        writer.member("pendingCount", pendingCount)
        writer.member("runningCount", runningCount)
        writer.member("failedTasks", 0)
        writer.member("createdAt", deployment.createdAt)
        writer.member("updatedAt", deployment.updatedAt)
        writer.member("capacityProviderStrategy", of: document)
        writer.member("launchType", service.launchType)
        if service.isOnFargate {
            let version = document.text("platformVersion") ?? "LATEST"
            writer.member("platformVersion", version == "LATEST" ? "1.4.0" : version)
            writer.member("platformFamily", "Linux")
        }
        writer.member("networkConfiguration", of: document)
        let state = deployment.isCompleted ? "COMPLETED" : "IN_PROGRESS"
        writer.member("rolloutState", state)
        let end = deployment.isCompleted ? "completed" : "in progress"
        writer.member("rolloutStateReason", "ECS deployment \(deployment.id) \(end).")
        for name in ["serviceConnectConfiguration", "volumeConfigurations"] {
            writer.member(name, of: document)
        }
        writer.endObject()
    }

    /// The revision of the service that the deployment rolls out.
    func writeRevision(to writer: inout JSONWriter) {
        let name = "service-revision/\(service.cluster.name)/\(service.name)/\(deployment.number)"
        writer.beginObject()
        writer.member("arn", ARN(ECS.signingName, in: service.cluster.scope, name).text)
        writer.member("requestedTaskCount", deployment.desiredCount)
        writer.member("runningTaskCount", runningCount)
        writer.member("pendingTaskCount", pendingCount)
        writer.endObject()
    }
}

/// What ECS says of how a service is deployed where a request does not.
enum DeploymentDefaults {
    static let controller = JSONValue.object(JSONObject([("type", .string("ECS"))]))

    /// What was sent, over what ECS fills in.
    static func configuration(_ document: JSONObject) -> JSONObject {
        let sent = document.object("deploymentConfiguration") ?? JSONObject([])
        let sentBreaker = sent.object("deploymentCircuitBreaker") ?? JSONObject([])
        let merged = breaker.changed(by: sentBreaker)
        return JSONObject([("deploymentCircuitBreaker", .object(merged))] + others)
            .changed(by: sent.without(["deploymentCircuitBreaker"]))
    }

    private static let breaker = JSONObject([
        ("enable", .bool(false)), ("rollback", .bool(false)), ("resetOnHealthyTask", .bool(true)),
        (
            "thresholdConfiguration",
            .object(
                JSONObject([
                    ("type", .string("BOUNDED_PERCENT")), ("value", .number(JSONNumber(50))),
                ])
            )
        ),
    ])

    private static let others: [(name: String, value: JSONValue)] = [
        ("maximumPercent", .number(JSONNumber(200))),
        ("minimumHealthyPercent", .number(JSONNumber(100))), ("strategy", .string("ROLLING")),
        ("bakeTimeInMinutes", .number(JSONNumber(0))),
    ]
}
