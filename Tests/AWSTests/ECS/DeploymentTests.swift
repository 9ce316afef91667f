import AWS
import JSON
import TestSupport
import Testing

/// C103: what deploys a service anew, without tasks.
@Suite struct DeploymentTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.furnishContainers()
        try vault.createService()
    }

    private func update(_ members: JSONValue) throws -> JSONValue {
        var request: JSONValue = ["cluster": "c", "service": "s"]
        guard case .object(let others) = members else { return .null }
        for member in others.members { request.set(member.name, member.value) }
        return try vault.ecs(.updateService, request)["service"] ?? .null
    }

    private func statuses(_ service: JSONValue) -> [String?] {
        service["deployments"]?.elements?.map { $0["status"]?.string } ?? []
    }

    @Test func `A forced deployment is the PRIMARY one, before the old one, until that is gone`()
        throws
    {
        let old = try vault.describeService()["deployments"]?.elements?.first?["id"]
        let answer = try update(["forceNewDeployment": true])
        #expect(statuses(answer) == ["PRIMARY", "ACTIVE"])
        #expect(answer["deployments"]?.elements?.last?["id"] == old)
        #expect(answer["currentServiceRevisions"]?.elements?.count == 2)
        // Nothing runs with the old one.
        #expect(statuses(try vault.describeService()) == ["PRIMARY"])
        #expect(try vault.describeService()["deployments"]?.elements?.first?["id"] != old)
    }

    @Test func `Another task definition deploys, the same one does not`() throws {
        #expect(statuses(try update(["taskDefinition": "web:1"])) == ["PRIMARY"])
        try vault.ecs(.registerTaskDefinition, Containers.definition)
        let answer = try update(["taskDefinition": "web"])
        #expect(statuses(answer) == ["PRIMARY", "ACTIVE"])
        let definitions = answer["deployments"]?.elements?.map { $0["taskDefinition"]?.string }
        let prefix = Containers.prefix + "task-definition/"
        #expect(definitions == [prefix + "web:2", prefix + "web:1"])
    }

    @Test func `A changed number of tasks makes no deployment`() throws {
        let answer = try update(["desiredCount": 3])
        #expect(statuses(answer) == ["PRIMARY"])
        #expect(answer["desiredCount"] == 3)
        #expect(answer["deployments"]?.elements?.first?["desiredCount"] == 3)
    }

    @Test func `What is not sent stays as it is`() throws {
        _ = try update(["enableExecuteCommand": true])
        let service = try update(["healthCheckGracePeriodSeconds": 5])
        #expect(service["enableExecuteCommand"] == true)
        #expect(service["healthCheckGracePeriodSeconds"] == 5)
        #expect(service["desiredCount"] == 1)
    }

    @Test func `Where no task is desired a deployment is complete at once`() throws {
        let answer = try update(["desiredCount": 0, "forceNewDeployment": true])
        #expect(answer["deployments"]?.elements?.first?["rolloutState"] == "IN_PROGRESS")
        let service = try vault.describeService()
        let deployment = try #require(service["deployments"]?.elements?.first)
        let id = deployment["id"]?.string ?? ""
        #expect(deployment["rolloutState"] == "COMPLETED")
        #expect(deployment["rolloutStateReason"]?.string == "ECS deployment \(id) completed.")
        let events = service["events"]?.elements?.compactMap { $0["message"]?.string }
        #expect(
            events == [
                "(service s) has reached a steady state.",
                "(service s) (deployment \(id)) deployment completed.",
            ]
        )
    }

    @Test func `An update that makes no sense changes nothing`() throws {
        let before = try vault.describeService()
        let text = "Task count can not be lesser than 0"
        #expect(
            vault.refusal(
                ofECS: .updateService,
                ["cluster": "c", "service": "s", "desiredCount": -1]
            ) == Refusal("InvalidParameterException", text)
        )
        #expect(
            vault.refusal(
                ofECS: .updateService,
                ["cluster": "c", "service": "s", "taskDefinition": "nope", "desiredCount": 5]
            ) == Refusal("ClientException", "TaskDefinition not found.")
        )
        #expect(try vault.describeService() == before)
    }
}
