internal import JSON
internal import Notation

/// What a service may be, however it comes to be so.
enum ServiceRules {
    /// Refuses words that are none, and bounds that no deployment can have.
    static func checkWords(of document: JSONObject) throws(APIError) {
        try ECSName.check(
            document.text("schedulingStrategy"),
            "Scheduling strategy",
            ["REPLICA", "DAEMON"]
        )
        try ECSName.check(document.text("launchType"), "Launch type", launchTypes)
        try ECSName.check(
            document.text("propagateTags"),
            "Propagate tags",
            ["TASK_DEFINITION", "SERVICE", "NONE"]
        )
        let configuration = document.object("deploymentConfiguration")
        if let maximum = configuration?.integer("maximumPercent"), maximum < 100 {
            throw .maximumPercentTooSmall
        }
        if let minimum = configuration?.integer("minimumHealthyPercent"), minimum > 100 {
            throw .minimumHealthyPercentTooLarge
        }
    }

    static let launchTypes = ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]

    /// The task definition that a service is to run.
    static func taskDefinition(
        _ named: String,
        in scope: Scope,
        _ vault: any VaultReading
    ) throws(APIError) -> ECSTaskDefinition {
        let found = try TaskDefinitionReference(named).find(in: scope, vault)
        guard let found, found.isActive else { throw .taskDefinitionNotFound }
        return found
    }

    static func checkNetwork(
        _ document: JSONObject,
        of definition: ECSTaskDefinition
    ) throws(APIError) {
        guard definition.networkMode == "awsvpc" else { return }
        guard document.object("networkConfiguration")?.object("awsvpcConfiguration") != nil else {
            throw .networkConfigurationMissing
        }
    }
}

extension JSONObject {
    /// The capacity providers of a service's strategy.
    var capacityProviders: [String] {
        objects("capacityProviderStrategy").compactMap { $0.text("capacityProvider") }
    }

    func strings(_ name: String) -> [String] {
        (list(name) ?? []).compactMap { element in
            guard case .string(let text) = element else { return nil }
            return text
        }
    }
}
