package import JSON
internal import Notation

/// A service as answers show it.
package struct ServiceElement: JSONWritable, Sendable {
    private let service: ECSService
    private let deployments: [DeploymentElement]
    private let events: [ECSServiceEvent]
    private let runningCount: Int64
    private let showsTags: Bool

    /// A service as it is now.
    init(
        _ service: ECSService,
        _ tasks: RunningTasks,
        showingTags showsTags: Bool = false,
        _ vault: any VaultReading
    ) throws(APIError) {
        let running = tasks.of(service.arn)
        self.service = service
        self.showsTags = showsTags
        runningCount = Int64(running.count)
        deployments = try vault.ecsDeployments(of: service).map { deployment in
            DeploymentElement(deployment, of: service, running)
        }
        events = try vault.ecsEvents(of: service)
    }

    package func write(to writer: inout JSONWriter) {
        let document = service.document
        writer.beginObject()
        writer.member("serviceArn", service.arn)
        writer.member("serviceName", service.name)
        writer.member("clusterArn", service.cluster.arn)
        writer.list("loadBalancers", of: document)
        writer.list("serviceRegistries", of: document)
        writer.member("status", service.status.rawValue)
        writer.member("desiredCount", service.desiredCount)
        writer.member("runningCount", runningCount)
        writer.member("pendingCount", 0)
        writer.member("launchType", service.launchType)
        writer.member("capacityProviderStrategy", of: document)
        if service.isOnFargate {
            writer.member("platformVersion", document.text("platformVersion") ?? "LATEST")
            writer.member("platformFamily", "Linux")
        }
        writer.member("taskDefinition", service.taskDefinition)
        writer.name("deploymentConfiguration")
        writer.value(DeploymentDefaults.configuration(document))
        writer.member("deployments", deployments)
        writer.member("roleArn", service.roleARN)
        writeEvents(to: &writer)
        writer.member("createdAt", service.createdAt)
        writeRevisions(to: &writer)
        writer.list("placementConstraints", of: document)
        writer.list("placementStrategy", of: document)
        writer.member("networkConfiguration", of: document)
        writer.member("healthCheckGracePeriodSeconds", of: document)
        writer.member("schedulingStrategy", service.schedulingStrategy)
        writer.name("deploymentController")
        writer.value(document["deploymentController"] ?? DeploymentDefaults.controller)
        if showsTags { writer.list("tags", of: document) }
        writer.member("createdBy", service.createdBy)
        writer.member("enableECSManagedTags", document.flag("enableECSManagedTags") ?? false)
        writer.member("propagateTags", document.text("propagateTags") ?? "NONE")
        writer.member("enableExecuteCommand", document.flag("enableExecuteCommand") ?? false)
        writer.member(
            "availabilityZoneRebalancing",
            document.text("availabilityZoneRebalancing") ?? "ENABLED"
        )
        writer.member("resourceManagementType", "CUSTOMER")
        writer.endObject()
    }

    private func writeEvents(to writer: inout JSONWriter) {
        writer.name("events")
        writer.beginArray()
        for event in events {
            writer.beginObject()
            writer.member("id", event.id)
            writer.member("createdAt", event.createdAt)
            writer.member("message", event.message)
            writer.endObject()
        }
        writer.endArray()
    }

    private func writeRevisions(to writer: inout JSONWriter) {
        writer.name("currentServiceRevisions")
        writer.beginArray()
        for deployment in deployments { deployment.writeRevision(to: &writer) }
        writer.endArray()
    }
}

extension ECSService {
    var isOnFargate: Bool { launchType == "FARGATE" }

    /// The role by which ECS works for the service: one that was sent, else its own on Fargate.
    fileprivate var roleARN: String? {
        if let role = document.text("role") { return role }
        guard isOnFargate else { return nil }
        let name = "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
        let scope = cluster.scope
        let partition = Partition.ofRegion(scope.region)
        return ARN(global: "iam", partition: partition, account: scope.account, name).text
    }
}
