import AWS
import JSON
import TestSupport
import Testing

/// C99: clusters.
@Suite struct ClusterTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func describe(_ members: JSONValue = [:]) throws -> JSONValue {
        try vault.ecs(.describeClusters, members)
    }

    @Test func `A new cluster has all its members, empty, and a count beside it`() throws {
        let answer = try vault.ecs(.createCluster, ["clusterName": "c"])
        #expect(answer["clusterCount"] == 1)
        #expect(
            answer["cluster"] == [
                "activeServicesCount": 0, "capacityProviders": [],
                "clusterArn": "arn:aws:ecs:us-east-1:000000000000:cluster/c",
                "clusterName": "c", "defaultCapacityProviderStrategy": [],
                "pendingTasksCount": 0, "registeredContainerInstancesCount": 0,
                "runningTasksCount": 0,
                "settings": [["name": "containerInsights", "value": "disabled"]],
                "statistics": [], "status": "ACTIVE", "tags": [],
            ]
        )
    }

    @Test func `A cluster without a name is default, which is there only when it was made`() throws
    {
        let missing: JSONValue = [
            ["arn": "arn:aws:ecs:us-east-1:000000000000:cluster/default", "reason": "MISSING"]
        ]
        #expect(try describe()["failures"] == missing)
        #expect(try describe()["clusters"] == [])
        try vault.ecs(.createCluster)
        #expect(try describe()["failures"] == [])
        #expect(try describe()["clusters"]?.elements?.first?["clusterName"] == "default")
    }

    @Test func `A cluster that is there already is told as it is`() throws {
        try vault.ecs(
            .createCluster,
            ["clusterName": "c", "tags": [["key": "team", "value": "payments"]]]
        )
        let again = try vault.ecs(.createCluster, ["clusterName": "c"])
        #expect(again["clusterCount"] == 1)
        #expect(again["cluster"]?["tags"] == [["key": "team", "value": "payments"]])
    }

    @Test func `Settings, tags and configuration come only when they are asked for`() throws {
        try vault.ecs(
            .createCluster,
            [
                "clusterName": "c", "tags": [["key": "team", "value": "payments"]],
                "settings": [["name": "containerInsights", "value": "enabled"]],
                "configuration": ["executeCommandConfiguration": ["logging": "NONE"]],
            ]
        )
        let plain = try describe(["clusters": ["c"]])["clusters"]?.elements?.first
        #expect(plain?["tags"] == [])
        #expect(plain?["settings"] == [])
        #expect(plain?["configuration"] == nil)
        let whole = try describe(
            ["clusters": ["c"], "include": ["TAGS", "SETTINGS", "CONFIGURATIONS"]]
        )["clusters"]?.elements?.first
        #expect(whole?["tags"] == [["key": "team", "value": "payments"]])
        #expect(whole?["settings"] == [["name": "containerInsights", "value": "enabled"]])
        #expect(whole?["configuration"]?["executeCommandConfiguration"]?["logging"] == "NONE")
    }

    @Test func `Clusters are found by name and by ARN, and each account has its own`() throws {
        try vault.ecs(.createCluster, ["clusterName": "c"])
        let arn: JSONValue = "arn:aws:ecs:us-east-1:000000000000:cluster/c"
        #expect(try describe(["clusters": [arn]])["clusters"]?.elements?.count == 1)
        let elsewhere: JSONValue = "arn:aws:ecs:eu-west-1:000000000000:cluster/c"
        #expect(
            try describe(["clusters": [elsewhere]])["failures"]
                == [["arn": elsewhere, "reason": "MISSING"]]
        )
        let stranger = Caller.root(account: "111111111111")
        let answer = try vault.ecs(.describeClusters, ["clusters": ["c"]], by: stranger)
        #expect(answer["clusters"] == [])
    }

    @Test(
        arguments: [
            (["clusterName": "a b"], "InvalidParameterException"),
            (["clusterName": .string(long(256))], "InvalidParameterException"),
            (["tags": [["key": "aws:x", "value": "1"]]], "InvalidParameterException"),
            (["clusterName": ["c"]], "SerializationException"),
            (["settings": [["name": 1]]], "SerializationException"),
        ] as [(JSONValue, String)]
    )
    func `What no cluster can be is refused, and none is made`(
        members: JSONValue,
        code: String
    ) throws {
        #expect(vault.refusal(ofECS: .createCluster, members)?.code == code)
        try vault.ecs(.createCluster, ["clusterName": "c"])
        #expect(try vault.ecs(.createCluster, ["clusterName": "c"])["clusterCount"] == 1)
    }

    @Test func `A word that is no part of a cluster is refused`() {
        #expect(
            vault.refusal(ofECS: .describeClusters, ["include": ["ALL"]])
                == Refusal(
                    "InvalidParameterException",
                    "include should be one of"
                        + " [ATTACHMENTS,CONFIGURATIONS,SETTINGS,STATISTICS,TAGS]"
                )
        )
    }
}
