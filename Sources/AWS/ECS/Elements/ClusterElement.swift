package import JSON

/// A cluster as answers show it.
package struct ClusterElement: JSONWritable {
    private let cluster: ECSCluster
    private let runningTasks: Int64
    private let activeServices: Int64
    private let shows: Set<Part>

    /// What is told only when it is asked for.
    enum Part: String, CaseIterable {
        case attachments = "ATTACHMENTS"
        case configurations = "CONFIGURATIONS"
        case settings = "SETTINGS"
        case statistics = "STATISTICS"
        case tags = "TAGS"
    }

    /// A cluster as it is now.
    init(
        _ cluster: ECSCluster,
        _ tasks: RunningTasks,
        showing shows: Set<Part>,
        _ vault: any VaultReading
    ) throws(APIError) {
        self.cluster = cluster
        self.shows = shows
        var runningTasks: Int64 = 0
        var activeServices: Int64 = 0
        var name = ""
        while true {
            let services = try vault.ecsServices(in: cluster, after: name, limit: 100)
            for service in services { runningTasks += Int64(tasks.of(service.arn).count) }
            activeServices += Int64(services.count)
            guard services.count == 100, let last = services.last else { break }
            name = last.name
        }
        self.runningTasks = runningTasks
        self.activeServices = activeServices
    }

    package func write(to writer: inout JSONWriter) {
        let document = cluster.document
        writer.beginObject()
        writer.member("clusterArn", cluster.arn)
        writer.member("clusterName", cluster.name)
        if shows.contains(.configurations) { writer.member("configuration", of: document) }
        writer.member("status", "ACTIVE")
        writer.member("registeredContainerInstancesCount", 0)
        writer.member("runningTasksCount", runningTasks)
        writer.member("pendingTasksCount", 0)
        writer.member("activeServicesCount", activeServices)
        writer.member("statistics", [String]())
        writer.list("tags", of: document, isShown: shows.contains(.tags))
        writeSettings(to: &writer)
        writer.list("capacityProviders", of: document)
        writer.list("defaultCapacityProviderStrategy", of: document)
        writer.member("serviceConnectDefaults", of: document)
        writer.endObject()
    }

    private func writeSettings(to writer: inout JSONWriter) {
        guard shows.contains(.settings), cluster.document.objects("settings").isEmpty else {
            return writer.list("settings", of: cluster.document, isShown: shows.contains(.settings))
        }
        writer.name("settings")
        writer.beginArray()
        writer.beginObject()
        writer.member("name", "containerInsights")
        writer.member("value", "disabled")
        writer.endObject()
        writer.endArray()
    }
}

/// What was sent, told back.
extension JSONWriter {
    /// A member as it was sent; left out where it was not.
    mutating func member(_ name: String, of document: JSONObject) {
        guard let value = document[name] else { return }
        self.name(name)
        self.value(value)
    }

    /// A list as it was sent; empty where it was not, or is not to be shown.
    mutating func list(_ name: String, of document: JSONObject, isShown: Bool = true) {
        self.name(name)
        value(isShown ? document[name] ?? .array([]) : .array([]))
    }
}
