package import JSON
package import Notation

/// A cluster: a name for services to be in.
package struct ECSCluster: Sendable {
    /// The row; 0 before there is one.
    package var id: Int64 = 0
    package let scope: Scope
    package let name: String
    /// The request that made it, as it was sent.
    package let document: JSONObject

    package init(id: Int64 = 0, scope: Scope, name: String, document: JSONObject) {
        self.id = id
        self.scope = scope
        self.name = name
        self.document = document
    }

    var arn: String { ARN("ecs", in: scope, "cluster/\(name)").text }
}
