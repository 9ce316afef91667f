import AWS
import JSON
import TestSupport
import Testing

/// C101, C102 and C104: services, without tasks.
@Suite struct ServiceTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.furnishContainers()
    }

    @Test func `A new service has all its members and one deployment, in progress`() throws {
        let service = try vault.createService()
        #expect(service["serviceArn"]?.string == Containers.prefix + "service/c/s")
        #expect(service["clusterArn"]?.string == Containers.prefix + "cluster/c")
        #expect(service["taskDefinition"]?.string == Containers.prefix + "task-definition/web:1")
        #expect(service["status"] == "ACTIVE")
        #expect(service["launchType"] == "EC2")
        #expect(service["schedulingStrategy"] == "REPLICA")
        #expect(service["propagateTags"] == "NONE")
        #expect(service["availabilityZoneRebalancing"] == "ENABLED")
        #expect(service["resourceManagementType"] == "CUSTOMER")
        #expect(service["desiredCount"] == 1)
        #expect(service["runningCount"] == 0)
        #expect(service["events"] == [])
        #expect(service["deploymentController"] == ["type": "ECS"])
        #expect(
            service["deploymentConfiguration"] == [
                "deploymentCircuitBreaker": [
                    "enable": false, "rollback": false, "resetOnHealthyTask": true,
                    "thresholdConfiguration": ["type": "BOUNDED_PERCENT", "value": 50],
                ],
                "maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING",
                "bakeTimeInMinutes": 0,
            ]
        )
        #expect(service["platformVersion"] == nil)
        let deployment = try #require(service["deployments"]?.elements?.first)
        let id = try #require(deployment["id"]?.string)
        #expect(id.hasPrefix("ecs-svc/") && id.count == 27)
        #expect(deployment["status"] == "PRIMARY")
        #expect(deployment["rolloutState"] == "IN_PROGRESS")
        #expect(deployment["rolloutStateReason"]?.string == "ECS deployment \(id) in progress.")
        #expect(service["currentServiceRevisions"]?.elements?.count == 1)
    }

    @Test func `Fargate has a platform and the role of ECS`() throws {
        let service = try vault.createService(["launchType": "FARGATE"])
        #expect(service["platformVersion"] == "LATEST")
        #expect(service["platformFamily"] == "Linux")
        #expect(
            service["roleArn"]?.string
                == "arn:aws:iam::000000000000:role/aws-service-role/ecs.amazonaws.com/"
                + "AWSServiceRoleForECS"
        )
        #expect(service["deployments"]?.elements?.first?["platformVersion"] == "1.4.0")
    }

    @Test func `The same request answers the same service, another one is not idempotent`() throws {
        let first = try vault.createService(["clientToken": "t"])
        let again = try vault.createService(["clientToken": "t"])
        #expect(again["deployments"] == first["deployments"])
        #expect(
            vault.refusal(ofECS: .createService, Containers.service(["desiredCount": 2]))
                == Refusal("InvalidParameterException", "Creation of service was not idempotent.")
        )
        // The token alone tells nothing.
        let other = try vault.createService(["clientToken": "t", "serviceName": "other"])
        #expect(other["serviceName"] == "other")
    }

    @Test(
        arguments: [
            (["desiredCount": nil], "DesiredCount is missing"),
            (["desiredCount": -1], "DesiredCount can not be lesser than 0"),
            (
                ["schedulingStrategy": "SOME"],
                "Scheduling strategy should be one of [REPLICA,DAEMON]"
            ),
            (
                ["deploymentConfiguration": ["maximumPercent": 99]],
                "maximumPercent must be at least 100"
            ),
            (
                ["deploymentConfiguration": ["minimumHealthyPercent": 101]],
                "minimumHealthyPercent must be at most 100"
            ),
            (["taskDefinition": nil], "TaskDefinition can not be blank."),
        ] as [(JSONValue, String)]
    )
    func `What no service can be is refused in the words of ECS`(
        members: JSONValue,
        text: String
    ) throws {
        #expect(
            vault.refusal(ofECS: .createService, Containers.service(members))
                == Refusal("InvalidParameterException", text)
        )
        #expect(try vault.ecs(.listServices, ["cluster": "c"])["serviceArns"] == [])
    }

    @Test func `An unknown task definition or cluster is told as such`() throws {
        #expect(
            vault.refusal(ofECS: .createService, Containers.service(["taskDefinition": "nope"]))
                == Refusal("ClientException", "TaskDefinition not found.")
        )
        let noCluster = Refusal("ClusterNotFoundException", "Cluster not found.")
        let elsewhere = Containers.service(["cluster": "nope"])
        #expect(vault.refusal(ofECS: .createService, elsewhere) == noCluster)
        for action in [ECSAction.listServices, .describeServices, .updateService, .deleteService] {
            let members: JSONValue = ["cluster": "nope", "service": "s", "services": ["s"]]
            #expect(vault.refusal(ofECS: action, members) == noCluster)
        }
    }

    @Test func `A network of its own needs its configuration`() throws {
        try vault.ecs(
            .registerTaskDefinition,
            Containers.definition(["family": "own", "networkMode": "awsvpc"])
        )
        let members: JSONValue = ["taskDefinition": "own"]
        #expect(
            vault.refusal(ofECS: .createService, Containers.service(members))
                == Refusal(
                    "InvalidParameterException",
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified."
                )
        )
        let network: JSONValue = ["awsvpcConfiguration": ["subnets": ["subnet-1"]]]
        let service = try vault.createService(
            ["taskDefinition": "own", "networkConfiguration": network]
        )
        #expect(service["networkConfiguration"] == network)
    }

    @Test func `A family without a revision means its newest that is ACTIVE`() throws {
        try vault.ecs(.registerTaskDefinition, Containers.definition)
        try vault.ecs(.registerTaskDefinition, Containers.definition)
        try vault.ecs(.deregisterTaskDefinition, ["taskDefinition": "web:3"])
        let service = try vault.createService()
        #expect(service["taskDefinition"]?.string?.hasSuffix("/web:2") == true)
        #expect(
            vault.refusal(
                ofECS: .createService,
                Containers.service(["taskDefinition": "web:3", "serviceName": "other"])
            )
                == Refusal("ClientException", "TaskDefinition not found.")
        )
    }

    @Test func `What is not there is a failure and no error; tags come only when asked for`() throws
    {
        let tags: JSONValue = [["key": "team", "value": "payments"]]
        try vault.createService(["tags": tags])
        #expect(try vault.describeService()["tags"] == nil)
        #expect(try vault.describeService(include: ["TAGS"])["tags"] == tags)
        let answer = try vault.ecs(
            .describeServices,
            ["cluster": "c", "services": ["s", "nope"]]
        )
        #expect(answer["services"]?.elements?.count == 1)
        let arn = Containers.prefix + "service/c/nope"
        #expect(answer["failures"] == [["arn": .string(arn), "reason": "MISSING"]])
    }

    @Test func `Services are named by ARN too, but by none of another cluster`() throws {
        try vault.createService()
        try vault.ecs(.createCluster, ["clusterName": "d"])
        let arn: JSONValue = .string(Containers.prefix + "service/c/s")
        let found = try vault.ecs(.describeServices, ["cluster": "c", "services": [arn]])
        #expect(found["services"]?.elements?.count == 1)
        let missed = try vault.ecs(.describeServices, ["cluster": "d", "services": [arn]])
        #expect(missed["failures"]?.elements?.count == 1)
    }

    @Test func `Lists are pages of ten, by launch type and strategy`() throws {
        for number in 10..<23 {
            try vault.createService([
                "serviceName": .string("s\(number)"),
                "launchType": number < 15 ? "FARGATE" : "EC2",
            ])
        }
        let first = try vault.ecs(.listServices, ["cluster": "c"])
        #expect(first["serviceArns"]?.elements?.count == 10)
        let next = try #require(first["nextToken"])
        let second = try vault.ecs(.listServices, ["cluster": "c", "nextToken": next])
        #expect(second["serviceArns"]?.elements?.count == 3)
        #expect(second["nextToken"] == nil)
        let some = try vault.ecs(.listServices, ["cluster": "c", "launchType": "FARGATE"])
        #expect(some["serviceArns"]?.elements?.count == 5)
        let none = try vault.ecs(.listServices, ["cluster": "c", "schedulingStrategy": "DAEMON"])
        #expect(none["serviceArns"] == [])
    }

    private func delete(force: Bool = false) -> Refusal? {
        vault.refusal(
            ofECS: .deleteService,
            ["cluster": "c", "service": "s", "force": .bool(force)]
        )
    }

    @Test func `A service that is scaled above 0 goes only by force`() throws {
        try vault.createService()
        #expect(
            delete()
                == Refusal(
                    "InvalidParameterException",
                    "The service cannot be stopped while it is scaled above 0."
                )
        )
        #expect(delete(force: true) == nil)
        #expect(try vault.describeService()["status"] == "INACTIVE")
    }

    @Test func `A deleted service is described and not listed, and another may take its name`()
        throws
    {
        try vault.createService()
        try vault.ecs(.updateService, ["cluster": "c", "service": "s", "desiredCount": 0])
        let answer = try vault.ecs(.deleteService, ["cluster": "c", "service": "s"])
        #expect(answer["service"]?["status"] == "DRAINING")
        #expect(answer["service"]?["desiredCount"] == 0)
        #expect(try vault.ecs(.listServices, ["cluster": "c"])["serviceArns"] == [])
        #expect(try vault.describeService()["status"] == "INACTIVE")
        // Again is a success, and an update is not.
        #expect(delete() == nil)
        #expect(
            vault.refusal(ofECS: .updateService, ["cluster": "c", "service": "s"])
                == Refusal("ServiceNotActiveException", "Service was not ACTIVE.")
        )
        #expect(try vault.createService(["desiredCount": 3])["status"] == "ACTIVE")
    }

    @Test func `A service that never was has a text in an update and none in a deletion`() {
        #expect(
            vault.refusal(ofECS: .updateService, ["cluster": "c", "service": "nope"])
                == Refusal("ServiceNotFoundException", "Service not found.")
        )
        #expect(
            vault.refusal(ofECS: .deleteService, ["cluster": "c", "service": "nope"])
                == Refusal("ServiceNotFoundException", nil)
        )
    }
}
