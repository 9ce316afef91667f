import AWS
import JSON
import TestSupport
import Testing

/// C100: task definitions.
@Suite struct TaskDefinitionTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @discardableResult
    private func register(_ members: JSONValue = [:]) throws(APIError) -> JSONValue {
        try vault.ecs(.registerTaskDefinition, Containers.definition(members))
    }

    private func describe(_ name: String, include: JSONValue = []) throws(APIError) -> JSONValue {
        try vault.ecs(
            .describeTaskDefinition,
            ["taskDefinition": .string(name), "include": include]
        )
    }

    private static func arn(_ name: String) -> JSONValue {
        .string(Containers.prefix + "task-definition/" + name)
    }

    @Test func `It is told back as it was sent, with what ECS fills in`() throws {
        let answer = try register()
        #expect(answer.names == ["taskDefinition"])
        let definition = try #require(answer["taskDefinition"])
        #expect(definition["taskDefinitionArn"] == Self.arn("web:1"))
        #expect(definition["revision"] == 1)
        #expect(definition["status"] == "ACTIVE")
        #expect(definition["compatibilities"] == ["EXTERNAL", "EC2"])
        #expect(definition["registeredBy"] == "arn:aws:iam::000000000000:root")
        #expect(definition["registeredAt"]?.milliseconds == startOfTests)
        #expect(definition["volumes"] == [])
        #expect(definition["placementConstraints"] == [])
        #expect(
            definition["containerDefinitions"]?.elements == [
                [
                    "name": "app", "image": "app:1", "memory": 128, "cpu": 0, "essential": true,
                    "portMappings": [], "environment": [], "mountPoints": [], "volumesFrom": [],
                    "systemControls": [],
                ]
            ]
        )
    }

    @Test func `Everything that the API knows comes back as it was sent, and nothing else`() throws
    {
        let container: JSONValue = [
            "name": "app", "image": "app:1", "memory": 128, "cpu": 10, "essential": false,
            "portMappings": [["containerPort": 80, "protocol": "udp", "hostPort": 81]],
            "environment": [["name": "MODE", "value": "prod"]],
            "secrets": [["name": "DATABASE_URL", "valueFrom": "arn:a"]],
            "linuxParameters": ["capabilities": ["add": ["SYS_PTRACE"]]],
            "healthCheck": ["command": ["CMD", "true"], "interval": 5],
            "dockerLabels": ["a": "b"], "mountPoints": [], "volumesFrom": [], "systemControls": [],
            "nonsense": ["deep": 1],
        ]
        let answer = try register([
            "containerDefinitions": [container], "executionRoleArn": "arn:aws:iam::0:role/e",
            "cpu": "256", "memory": "512", "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"], "volumes": [["name": "v", "host": [:]]],
            "runtimePlatform": ["cpuArchitecture": "ARM64"], "nonsense": true,
        ])
        let definition = try #require(answer["taskDefinition"])
        guard case .object(let sent) = container else { return }
        let known = sent.members.filter { $0.name != "nonsense" }
        #expect(
            definition["containerDefinitions"]?.elements == [.object(JSONObject(known))]
        )
        #expect(definition["nonsense"] == nil)
        #expect(definition["volumes"] == [["name": "v", "host": [:]]])
        #expect(definition["runtimePlatform"] == ["cpuArchitecture": "ARM64"])
        #expect(definition["compatibilities"] == ["EC2", "FARGATE", "MANAGED_INSTANCES"])
        let attributes = definition["requiresAttributes"]?.elements?.compactMap {
            $0["name"]?.string
        }
        #expect(attributes?.contains("ecs.capability.task-eni") == true)
        #expect(try describe("web:1")["taskDefinition"] == definition)
    }

    @Test func `Tags stand beside it, when they were sent or are asked for`() throws {
        let tags: JSONValue = [["key": "team", "value": "payments"]]
        #expect(try register(["tags": tags])["tags"] == tags)
        #expect(try describe("web").names == ["taskDefinition"])
        #expect(try describe("web", include: ["TAGS"])["tags"] == tags)
    }

    @Test func `A family counts its revisions, and alone means the newest that is ACTIVE`() throws {
        try register()
        try register()
        #expect(try describe("web")["taskDefinition"]?["revision"] == 2)
        let arn = Containers.prefix + "task-definition/web:1"
        #expect(try describe(arn)["taskDefinition"]?["revision"] == 1)
        let gone = try vault.ecs(.deregisterTaskDefinition, ["taskDefinition": "web:2"])
        #expect(gone["taskDefinition"]?["status"] == "INACTIVE")
        #expect(gone["taskDefinition"]?["deregisteredAt"]?.milliseconds == startOfTests)
        #expect(try describe("web")["taskDefinition"]?["revision"] == 1)
        #expect(try describe("web:2")["taskDefinition"]?["status"] == "INACTIVE")
        // A number is never used again.
        #expect(try register()["taskDefinition"]?["revision"] == 3)
    }

    @Test(arguments: [
        "nope", "web:9", "web:x", "a:b:c", "", "arn:aws:ecs:eu-west-1:1:task-definition/web:1",
    ])
    func `What is not there cannot be described`(name: String) throws {
        try register()
        #expect(
            vault.refusal(ofECS: .describeTaskDefinition, ["taskDefinition": .string(name)])
                == Refusal("ClientException", "Unable to describe task definition.")
        )
    }

    @Test func `A family alone is not deregistered`() throws {
        try register()
        let members: JSONValue = ["taskDefinition": "web"]
        let refused = vault.refusal(ofECS: .deregisterTaskDefinition, members)
        #expect(refused?.code == "InvalidParameterException")
        #expect(try describe("web")["taskDefinition"]?["status"] == "ACTIVE")
    }

    private func list(_ members: JSONValue = [:]) throws -> [String] {
        let answer = try vault.ecs(.listTaskDefinitions, members)
        return answer["taskDefinitionArns"]?.elements?.compactMap { arn in
            arn.string?.split(separator: "/").last.map(String.init)
        } ?? []
    }

    @Test func `Lists go by family and revision, up or down, by family and by status`() throws {
        for family in ["web", "api", "web"] { try register(["family": .string(family)]) }
        for _ in 0..<9 { try register(["family": "api"]) }
        try vault.ecs(.deregisterTaskDefinition, ["taskDefinition": "web:1"])
        let api = (1...10).map { "api:\($0)" }
        #expect(try list() == api + ["web:2"])
        #expect(try list(["sort": "DESC"]) == ["web:2"] + api.reversed())
        #expect(try list(["familyPrefix": "web"]) == ["web:2"])
        #expect(try list(["familyPrefix": "api", "sort": "DESC"]) == api.reversed())
        #expect(try list(["status": "INACTIVE"]) == ["web:1"])
        #expect(try list(["status": "DELETE_IN_PROGRESS"]) == [])
    }

    @Test(arguments: ["ASC", "DESC"], [nil, "api"] as [String?])
    func `Pages put together are the whole list`(sort: String, family: String?) throws {
        for _ in 0..<7 { try register(["family": "api"]) }
        try register()
        var members: JSONValue = ["sort": .string(sort)]
        if let family { members.set("familyPrefix", .string(family)) }
        let whole = try list(members)
        members.set("maxResults", 3)
        var pages: [String] = []
        while true {
            let answer = try vault.ecs(.listTaskDefinitions, members)
            pages += try list(members)
            guard let next = answer["nextToken"] else { break }
            members.set("nextToken", next)
        }
        #expect(pages == whole)
        #expect(pages.count == (family == nil ? 8 : 7))
    }

    @Test(
        arguments: [
            (["maxResults": 101], "Max results can not be greater than 100"),
            (["maxResults": 0], "Max results can not be lesser than 1"),
            (["sort": "UP"], "Sort should be one of [ASC,DESC]"),
            (["nextToken": "nonsense"], "Invalid token."),
        ] as [(JSONValue, String)]
    )
    func `A list that makes no sense is refused`(members: JSONValue, text: String) {
        #expect(
            vault.refusal(ofECS: .listTaskDefinitions, members)
                == Refusal("InvalidParameterException", text)
        )
    }

    @Test(
        arguments: [
            (["family": ""], "Family can not be blank."),
            (["containerDefinitions": []], "Container list cannot be empty."),
            (
                ["containerDefinitions": [["image": "app:1", "memory": 1]]],
                "Container.name should not be null or empty."
            ),
            (
                ["containerDefinitions": [["name": "app", "memory": 1]]],
                "Container.image should not be null or empty."
            ),
            (
                ["containerDefinitions": [["name": "app", "image": "app:1"]]],
                "Invalid setting for container 'app'. At least one of 'memory' or"
                    + " 'memoryReservation' must be specified."
            ),
            (
                [
                    "containerDefinitions": [
                        ["name": "app", "image": "app:1", "memory": 1, "secrets": []]
                    ]
                ],
                "When you are specifying container secrets, you must also specify a value for"
                    + " 'executionRoleArn'."
            ),
            (
                ["requiresCompatibilities": ["FARGATE"]],
                "Fargate only supports network mode ‘awsvpc’."
            ),
        ] as [(JSONValue, String)]
    )
    func `What cannot run is refused in the words of ECS, and has no revision`(
        members: JSONValue,
        text: String
    ) throws {
        #expect(
            vault.refusal(ofECS: .registerTaskDefinition, Containers.definition(members))
                == Refusal("ClientException", text)
        )
        #expect(try list() == [])
    }

    @Test(
        arguments: [
            ["containerDefinitions": ["app"]], ["containerDefinitions": [["cpu": "1"]]],
            ["containerDefinitions": [["environment": [["name": 1]]]]],
            ["containerDefinitions": [["dockerLabels": ["a"]]]], ["cpu": 256],
            ["volumes": ["name": "v"]], ["enableFaultInjection": "true"],
        ] as [JSONValue]
    )
    func `A member of a wrong type is refused, however deep it is`(members: JSONValue) {
        let refused = vault.refusal(ofECS: .registerTaskDefinition, Containers.definition(members))
        #expect(refused?.code == "SerializationException")
    }

    @Test func `What a container is started with is in no record of the trail`() throws {
        try register([
            "executionRoleArn": "arn:aws:iam::000000000000:role/e",
            "containerDefinitions": [
                [
                    "name": "app", "image": "app:1", "memory": 1, "command": ["calm-otter"],
                    "environment": [["name": "PASSWORD", "value": "calm-otter"]],
                    "secrets": [["name": "URL", "valueFrom": "arn:aws:secretsmanager:a"]],
                    "logConfiguration": [
                        "logDriver": "splunk", "options": ["splunk-token": "calm-otter"],
                    ],
                ]
            ],
        ])
        let record = try #require(try vault.auditRecords().last)
        #expect(record.requestParameters?.contains("calm-otter") == false)
        #expect(record.requestParameters?.contains("arn:aws:secretsmanager:a") == true)
        #expect(record.resourceARN == Containers.prefix + "task-definition/web:1")
        #expect(record.eventSource == "ecs.amazonaws.com")
    }
}
