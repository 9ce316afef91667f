import AWS
import JSON
import TestSupport

extension ScratchVault {
    /// Calls an operation of ECS.
    @discardableResult
    func ecs(
        _ action: ECSAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) throws(APIError) -> JSONValue {
        try perform(action, members, by: caller)
    }

    /// The error of a call of ECS; nil when it succeeds.
    func refusal(
        ofECS action: ECSAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) -> Refusal? {
        do throws(APIError) {
            try ecs(action, members, by: caller)
            return nil
        } catch {
            return Refusal(error)
        }
    }

    /// A cluster `c` and a task definition `web:1`.
    func furnishContainers() throws {
        try ecs(.createCluster, ["clusterName": "c"])
        try ecs(.registerTaskDefinition, Containers.definition)
    }

    /// A service `s` in the cluster `c`.
    @discardableResult
    func createService(_ members: JSONValue = [:]) throws(APIError) -> JSONValue {
        try ecs(.createService, Containers.service(members))["service"] ?? .null
    }

    /// The service `s` as DescribeServices tells it.
    func describeService(include: JSONValue = []) throws -> JSONValue {
        let answer = try ecs(
            .describeServices,
            ["cluster": "c", "services": ["s"], "include": include]
        )
        return answer["services"]?.elements?.first ?? .null
    }
}

/// Requests of ECS that fit.
enum Containers {
    static let prefix = "arn:aws:ecs:us-east-1:000000000000:"

    static let definition: JSONValue = [
        "family": "web",
        "containerDefinitions": [["name": "app", "image": "app:1", "memory": 128]],
    ]

    /// A service `s` in the cluster `c`, with other members over its own.
    static func service(_ members: JSONValue = [:]) -> JSONValue {
        var request: JSONValue = [
            "cluster": "c", "serviceName": "s", "taskDefinition": "web", "desiredCount": 1,
        ]
        guard case .object(let others) = members else { return request }
        for member in others.members { request.set(member.name, member.value) }
        return request
    }

    /// The task definition with other members over its own.
    static func definition(_ members: JSONValue) -> JSONValue {
        var request = definition
        guard case .object(let others) = members else { return request }
        for member in others.members { request.set(member.name, member.value) }
        return request
    }
}
