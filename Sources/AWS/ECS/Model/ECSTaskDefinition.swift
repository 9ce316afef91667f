package import JSON
package import Notation

/// A revision of a task definition: the request that registered it, told back as it was sent.
package struct ECSTaskDefinition: Sendable {
    /// The row; 0 before there is one.
    package var id: Int64 = 0
    package let scope: Scope
    package let family: String
    package let revision: Int64
    /// As it was sent, with what ECS fills in.
    package let document: JSONObject
    package let registeredBy: String
    package let registeredAt: Timestamp
    /// Nil while it is ACTIVE.
    package var deregisteredAt: Timestamp?

    package init(
        id: Int64 = 0,
        scope: Scope,
        family: String,
        revision: Int64,
        document: JSONObject,
        registeredBy: String,
        registeredAt: Timestamp,
        deregisteredAt: Timestamp? = nil
    ) {
        self.id = id
        self.scope = scope
        self.family = family
        self.revision = revision
        self.document = document
        self.registeredBy = registeredBy
        self.registeredAt = registeredAt
        self.deregisteredAt = deregisteredAt
    }

    package var arn: String {
        ARN("ecs", in: scope, "task-definition/\(family):\(revision)").text
    }

    var isActive: Bool { deregisteredAt == nil }

    var networkMode: String? { document.text("networkMode") }

    /// Which kinds of capacity can run it, as far as ECS tells by what it holds.
    var compatibilities: [String] {
        guard networkMode == "awsvpc" else { return ["EXTERNAL", "EC2"] }
        let isSized = document.text("cpu") != nil && document.text("memory") != nil
        return isSized ? ["EC2", "FARGATE", "MANAGED_INSTANCES"] : ["EC2"]
    }
}
