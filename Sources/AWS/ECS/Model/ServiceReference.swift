internal import JSON
internal import Notation

/// How a request names a service: its cluster, and in it a name or an ARN.
struct ServiceReference: Sendable {
    let cluster: ClusterReference
    private let sent: String

    init(_ sent: String?, in cluster: ClusterReference) {
        self.sent = sent ?? ""
        self.cluster = cluster
    }

    /// The name, whether there is such a service or not.
    var name: String {
        guard let arn = ARN(sent) else { return sent }
        return String(arn.path.last ?? "")
    }

    /// What a permission for it is asked on.
    var target: Permission.Target {
        if ARN.isARN(sent) { return .arn(sent) }
        return .inScope(service: ECS.signingName, resource: "service/\(cluster.name)/\(sent)")
    }

    /// A permission for it, with the condition keys that tell about it.
    func permission(for action: ECSAction) -> Permission {
        var permission = Permission(action, on: target)
        permission.lateConditions = ServiceConditions(service: self)
        return permission
    }

    /// The same, with those that tell what it is to be.
    func permission(for action: ECSAction, sending document: JSONObject) -> Permission {
        var permission = permission(for: action)
        permission.set("ecs:task-definition", document.text("taskDefinition"))
        permission.set("ecs:enable-execute-command", document.flag("enableExecuteCommand"))
        permission.set("ecs:capacity-provider", all: document.capacityProviders)
        return permission
    }

    /// As a failure calls it.
    func arn(in scope: Scope) -> String {
        if ARN.isARN(sent) { return sent }
        return ARN(ECS.signingName, in: scope, "service/\(cluster.name)/\(sent)").text
    }

    /// The service in a cluster; nil when there is none, or the ARN is that of another place.
    func find(
        in cluster: ECSCluster,
        _ vault: any VaultReading
    ) throws(APIError) -> ECSService? {
        if let arn = ARN(sent) {
            guard arn.isOwn(of: cluster.scope) else { return nil }
            // ARNs of before 2018 have no cluster in them.
            let names = arn.path.dropFirst().dropLast()
            guard names.isEmpty || names.first == cluster.name[...] else { return nil }
        }
        return try vault.ecsService(name, in: cluster)
    }
}

/// The condition keys of a service: its cluster and its tags.
struct ServiceConditions: ConditionSource {
    let service: ServiceReference

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        keys.set("ecs:cluster", service.cluster.arn(in: caller.scope))
        guard let cluster = try service.cluster.find(in: caller.scope, vault),
            let found = try service.find(in: cluster, vault)
        else { return }
        try keys.setTags(under: "aws:ResourceTag/", "ecs:ResourceTag/") { () throws(APIError) in
            found.document.tags
        }
    }
}

/// The condition keys of a cluster: its tags.
struct ClusterConditions: ConditionSource {
    let cluster: ClusterReference

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        guard let found = try cluster.find(in: caller.scope, vault) else { return }
        try keys.setTags(under: "aws:ResourceTag/", "ecs:ResourceTag/") { () throws(APIError) in
            found.document.tags
        }
    }
}
