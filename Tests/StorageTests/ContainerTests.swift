import AWS
import JSON
import Notation
import Testing

@testable import Storage

/// Clusters, services and task definitions, in the file.
@Suite struct ContainerTests {
    let folder: ScratchFolder
    private static let scope = Scope(account: "000000000000", region: "us-east-1")

    init() throws {
        folder = try ScratchFolder()
    }

    private func service(in cluster: ECSCluster) -> ECSService {
        ECSService(
            cluster: cluster,
            name: "s",
            desiredCount: 2,
            taskDefinition: "arn",
            request: JSONObject([("a", .string("é"))]),
            document: JSONObject([]),
            createdBy: "somebody",
            createdAt: .noon
        )
    }

    @Test func `What was stored is there when the vault is opened again`() throws {
        let vault = try folder.open()
        try vault.change { vault throws(APIError) in
            let document = JSONObject([("clusterName", .string("c"))])
            let cluster = try vault.insert(
                ECSCluster(scope: Self.scope, name: "c", document: document)
            )
            var stored = try vault.insert(service(in: cluster))
            stored.status = .draining
            stored.desiredCount = 0
            try vault.update(stored)
        }
        vault.close()
        let found = try folder.open().ask { vault throws(APIError) in
            try vault.ecsCluster("c", in: Self.scope).flatMap { cluster throws(APIError) in
                try vault.ecsService("s", in: cluster)
            }
        }
        #expect(found?.status == .draining)
        #expect(found?.desiredCount == 0)
        #expect(found?.request == JSONObject([("a", .string("é"))]))
        #expect(found?.cluster.document["clusterName"] == .string("c"))
        #expect(found?.createdAt == .noon)
    }

    @Test func `A service keeps its newest hundred events, newest first`() throws {
        let vault = try folder.open()
        try vault.change { vault throws(APIError) in
            let cluster = try vault.insert(
                ECSCluster(scope: Self.scope, name: "c", document: JSONObject([]))
            )
            let stored = try vault.insert(service(in: cluster))
            for number in 1...105 {
                let event = ECSServiceEvent(id: "\(number)", createdAt: .noon, message: "m")
                try vault.append(event, to: stored)
            }
        }
        let ids = try vault.ask { vault throws(APIError) in
            guard let cluster = try vault.ecsCluster("c", in: Self.scope),
                let stored = try vault.ecsService("s", in: cluster)
            else { return [String]() }
            return try vault.ecsEvents(of: stored).map(\.id)
        }
        #expect(ids == (6...105).reversed().map(String.init))
    }

    @Test func `A service in place of a deleted one begins with nothing of it`() throws {
        let vault = try folder.open()
        let events = try vault.change { vault throws(APIError) in
            let cluster = try vault.insert(
                ECSCluster(scope: Self.scope, name: "c", document: JSONObject([]))
            )
            let old = try vault.insert(service(in: cluster))
            try vault.append(ECSServiceEvent(id: "1", createdAt: .noon, message: "m"), to: old)
            let new = try vault.insert(service(in: cluster))
            return try vault.ecsEvents(of: new)
        }
        #expect(events.isEmpty)
    }
}
