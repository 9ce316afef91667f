internal import JSON
internal import Notation

/// Registers a revision of a task definition.
///
/// [RegisterTaskDefinition](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html).
/// It is kept and told back as it was sent, with what ECS fills in. Errors: ClientException,
/// InvalidParameterException.
package struct RegisterTaskDefinition: WriteOperation {
    package typealias Response = TaskDefinitionAnswer

    package static let action = ECSAction.registerTaskDefinition

    private let document: JSONObject

    package init(from members: inout Members) throws(APIError) {
        document = try members.document(of: ECSShape.registerTaskDefinition)
    }

    private var family: String { document.text("family") ?? "" }
    private var containers: [JSONObject] { document.objects("containerDefinitions") }

    package var subjectID: String? { family }

    package func permissions() -> [Permission] {
        let target = Permission.Target.inScope(
            service: ECS.signingName,
            resource: "task-definition/\(family):*"
        )
        var permission = Permission(Self.action, on: target)
        permission.set("ecs:task-cpu", document.text("cpu"))
        permission.set("ecs:task-memory", document.text("memory"))
        permission.set("ecs:privileged", containers.contains { $0.flag("privileged") == true })
        permission.set(
            "ecs:compute-compatibility",
            all: document.strings("requiresCompatibilities")
        )
        let roles = ["taskRoleArn", "executionRoleArn"].compactMap(document.text)
        return permission.creating(target, Self.action, with: document.tags)
            + roles.filter(ARN.isARN).map(Permission.passRole)
    }

    package func checkBeforeLookup() throws(APIError) {
        guard !family.isEmpty else { throw .familyBlank }
        guard ECSName.isValid(family) else { throw .malformedECSName("Family") }
        try ECSName.checkTags(document.tags)
        guard !containers.isEmpty else { throw .containersMissing }
        for container in containers { try check(container) }
        let names = containers.compactMap { $0.text("name") }
        guard Set(names).count == names.count else { throw .containerNameTwice }
        let compatibilities = document.strings("requiresCompatibilities")
        if compatibilities.contains("FARGATE"), document.text("networkMode") != "awsvpc" {
            throw .fargateNeedsAWSVPC
        }
    }

    private func check(_ container: JSONObject) throws(APIError) {
        let name = container.text("name") ?? ""
        guard !name.isEmpty else { throw .containerMemberBlank("name") }
        guard container.text("image")?.isEmpty == false else {
            throw .containerMemberBlank("image")
        }
        let isSized =
            document["memory"] != nil || container["memory"] != nil
            || container["memoryReservation"] != nil
        guard isSized else { throw .containerMemoryMissing(name) }
        // A list without secrets counts too.
        guard container["secrets"] == nil || document.text("executionRoleArn") != nil else {
            throw .executionRoleMissing
        }
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> TaskDefinitionAnswer {
        let scope = call.caller.scope
        let definition = try vault.insert(
            ECSTaskDefinition(
                scope: scope,
                family: family,
                revision: try vault.ecsLastRevision(of: family, in: scope) + 1,
                document: filled,
                registeredBy: call.caller.principal.arn,
                registeredAt: call.now
            )
        )
        return TaskDefinitionAnswer(
            definition: definition,
            showsTags: !document.tags.isEmpty
        )
    }

    /// The request with what ECS fills in.
    private var filled: JSONObject {
        let isOwnNetwork = document.text("networkMode") == "awsvpc"
        let containers = self.containers.map { container in
            JSONValue.object(RegisterTaskDefinition.filled(container, isOwnNetwork))
        }
        return document.changed(
            by: JSONObject([("containerDefinitions", .array(containers))])
        )
    }

    private static func filled(_ container: JSONObject, _ isOwnNetwork: Bool) -> JSONObject {
        let ports = container.objects("portMappings").map { port in
            let own = port["containerPort"] ?? .number(JSONNumber(0))
            return JSONValue.object(
                port.filled(with: [
                    ("hostPort", isOwnNetwork ? own : .number(JSONNumber(0))),
                    ("protocol", .string("tcp")),
                ])
            )
        }
        let empty = ["environment", "mountPoints", "volumesFrom", "systemControls"]
        return container.changed(by: JSONObject([("portMappings", .array(ports))]))
            .filled(
                with: [
                    ("cpu", .number(JSONNumber(0))), ("essential", .bool(true)),
                ] + empty.map { ($0, .array([])) }
            )
    }

    package static func recordedResource(in response: TaskDefinitionAnswer) -> RecordedResource? {
        response.resource
    }
}

extension Permission {
    /// What who gives a role to a task needs.
    fileprivate static func passRole(_ arn: String) -> Permission {
        var permission = Permission("iam:PassRole", on: .arn(arn))
        permission.set("iam:PassedToService", "ecs-tasks.amazonaws.com")
        permission.lateConditions = PrincipalConditions(principal: .role(arn: arn))
        return permission
    }
}
