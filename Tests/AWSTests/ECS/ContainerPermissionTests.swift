import AWS
import JSON
import TestSupport
import Testing

/// What operations of ECS need, and the condition keys that policies may ask about.
@Suite struct ContainerPermissionTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        try vault.furnishContainers()
        try vault.createService(["tags": [["key": "team", "value": "payments"]]])
    }

    private func refusal(
        _ action: ECSAction,
        _ members: JSONValue,
        _ policies: String...
    ) throws -> Refusal? {
        let caller = try vault.user(vault.nextToken(), policies: policies)
        return vault.refusal(ofECS: action, members, by: caller)
    }

    private static let rows: [(ECSAction, JSONValue, String)] = [
        (.createCluster, ["clusterName": "new"], "*"),
        (.describeClusters, ["clusters": ["c"]], "cluster/c"),
        (.registerTaskDefinition, Containers.definition, "task-definition/web:*"),
        (.describeTaskDefinition, ["taskDefinition": "web"], "*"),
        (.listTaskDefinitions, [:], "*"),
        (.deregisterTaskDefinition, ["taskDefinition": "web:1"], "*"),
        (.createService, Containers.service(["serviceName": "new"]), "service/c/new"),
        (.updateService, ["cluster": "c", "service": "s"], "service/c/s"),
        (.describeServices, ["cluster": "c", "services": ["s"]], "service/c/s"),
        (.listServices, ["cluster": "c"], "*"),
        (.deleteService, ["cluster": "c", "service": "s", "force": true], "service/c/s"),
    ]

    @Test func `Every operation is in the table`() {
        #expect(Set(Self.rows.map(\.0)) == Set(ECSAction.allCases))
    }

    @Test(arguments: rows)
    func `An operation needs its permission on what it is about`(
        action: ECSAction,
        members: JSONValue,
        resource: String
    ) throws {
        let arn = resource == "*" ? "*" : Containers.prefix + resource
        let name = "ecs:\(action.rawValue)"
        let refused = try #require(try refusal(action, members))
        #expect(refused.code == "AccessDeniedException")
        let text = "is not authorized to perform: \(name) on resource: \(arn) because"
        #expect(refused.text?.contains(text) == true, "\(refused)")
        let allow = PolicyDraft.statement("Allow", name, on: arn)
        #expect(try refusal(action, members, allow) == nil)
    }

    @Test(
        arguments: [
            (#""StringEquals":{"aws:ResourceTag/team":"payments"}"#, true),
            (#""StringEquals":{"ecs:ResourceTag/team":"search"}"#, false),
            (#""ArnEquals":{"ecs:cluster":"arn:aws:ecs:us-east-1:000000000000:cluster/c"}"#, true),
            (#""ArnEquals":{"ecs:cluster":"arn:aws:ecs:us-east-1:000000000000:cluster/d"}"#, false),
            (#""StringEquals":{"ecs:task-definition":"web:1"}"#, true),
            (#""Bool":{"ecs:enable-execute-command":"true"}"#, false),
        ]
    )
    func `A policy may ask for the cluster, tags and what is updated`(
        condition: String,
        isAllowed: Bool
    ) throws {
        let allow =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecs:*","#
            + #""Resource":"*","Condition":{\#(condition)}}]}"#
        let members: JSONValue = [
            "cluster": "c", "service": "s", "taskDefinition": "web:1",
            "enableExecuteCommand": false,
        ]
        #expect((try refusal(.updateService, members, allow) == nil) == isAllowed)
    }

    @Test func `Who gives a role to a task needs to pass it, to tasks`() throws {
        let role = "arn:aws:iam::000000000000:role/task"
        let members = Containers.definition(["taskRoleArn": .string(role)])
        let register = PolicyDraft.statement("Allow", "ecs:RegisterTaskDefinition", on: "*")
        let refused = try refusal(.registerTaskDefinition, members, register)
        #expect(refused?.text?.contains("iam:PassRole on resource: \(role)") == true)
        let pass =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","#
            + #""Resource":"\#(role)","Condition":{"StringEquals":"#
            + #"{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}}]}"#
        #expect(try refusal(.registerTaskDefinition, members, register, pass) == nil)
    }

    @Test func `What is made with tags needs the permission to tag it`() throws {
        let members: JSONValue = [
            "clusterName": "new", "tags": [["key": "team", "value": "payments"]],
        ]
        let create = PolicyDraft.statement("Allow", "ecs:CreateCluster", on: "*")
        let arn = Containers.prefix + "cluster/new"
        let refused = try refusal(.createCluster, members, create)
        #expect(refused?.text?.contains("ecs:TagResource on resource: \(arn)") == true)
        let tag = PolicyDraft.statement("Allow", "ecs:TagResource", on: arn)
        #expect(try refusal(.createCluster, members, create, tag) == nil)
    }
}
