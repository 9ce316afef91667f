internal import JSON
internal import Notation

/// Changes a service; another task definition, or `forceNewDeployment`, deploys it anew, so that its
/// tasks begin again with what their secrets hold by then.
///
/// [UpdateService](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html).
/// Errors: ClusterNotFoundException, ServiceNotFoundException, ServiceNotActiveException,
/// InvalidParameterException, ClientException.
package struct UpdateService: WriteOperation {
    package typealias Response = ServiceAnswer

    package static let action = ECSAction.updateService

    private let document: JSONObject

    package init(from members: inout Members) throws(APIError) {
        document = try members.document(of: ECSShape.updateService)
    }

    private var service: ServiceReference {
        ServiceReference(
            document.text("service"),
            in: ClusterReference(document.text("cluster"))
        )
    }

    package var subjectID: String? { service.name }

    package func permissions() -> [Permission] {
        [service.permission(for: Self.action, sending: document)]
    }

    package func checkBeforeLookup() throws(APIError) {
        if let count = document.integer("desiredCount"), count < 0 { throw .taskCountNegative }
        try ServiceRules.checkWords(of: document)
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> ServiceAnswer {
        let scope = call.caller.scope
        let cluster = try service.cluster.cluster(in: scope, vault)
        guard var found = try service.find(in: cluster, vault) else { throw .ecsServiceNotFound }
        guard found.status == .active else { throw .ecsServiceNotActive }
        let changed = found.document.changed(by: document.without(UpdateService.notKept))
        var isDeployed = document.flag("forceNewDeployment") ?? false
        if let named = document.text("taskDefinition") {
            let definition = try ServiceRules.taskDefinition(named, in: scope, vault)
            try ServiceRules.checkNetwork(changed, of: definition)
            if definition.arn != found.taskDefinition { isDeployed = true }
            found.taskDefinition = definition.arn
        }
        for member in UpdateService.deployed where changed[member] != found.document[member] {
            isDeployed = true
        }
        found.desiredCount = document.integer("desiredCount") ?? found.desiredCount
        found.document = changed
        try vault.update(found)
        try deploy(found, anew: isDeployed, call, vault)
        let answer = try ServiceAnswer(found, call.tasks, vault)
        try call.settle(found, vault)
        return answer
    }

    private func deploy(
        _ service: ECSService,
        anew isDeployed: Bool,
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) {
        var deployments = try vault.ecsDeployments(of: service)
        if isDeployed {
            for index in deployments.indices { deployments[index].isPrimary = false }
            let deployment = ECSDeployment(of: service, at: call.now, call.randomness)
            deployments.insert(deployment, at: 0)
        } else if !deployments.isEmpty {
            deployments[0].desiredCount = service.desiredCount
            deployments[0].updatedAt = call.now
        }
        try vault.setDeployments(deployments, of: service)
    }

    /// Members that are kept elsewhere or say what is to be done.
    private static let notKept: Set<String> = [
        "cluster", "service", "desiredCount", "taskDefinition", "forceNewDeployment",
    ]

    /// Members that tasks are started with, so that another value starts them anew.
    private static let deployed = [
        "capacityProviderStrategy", "networkConfiguration", "platformVersion", "loadBalancers",
        "serviceRegistries", "serviceConnectConfiguration", "volumeConfigurations",
    ]

    package static func recordedResource(in response: ServiceAnswer) -> RecordedResource? {
        response.resource
    }
}
