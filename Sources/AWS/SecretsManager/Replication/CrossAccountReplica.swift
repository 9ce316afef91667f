package import JSON

/// How replication between two accounts is doing.
package enum CrossAccountStatus: String, Sendable {
    case detached = "Detached"
    case failed = "Failed"
    case inSync = "InSync"
    case pending = "Pending"

    /// Whether the two belong together, up to date or not.
    var isAssociated: Bool { self == .inSync || self == .failed }
}

/// What a replica knows of its primary in another account.
package struct CrossAccountPrimary: Sendable, Equatable {
    package let primaryARN: String
    package var status: CrossAccountStatus

    package init(primaryARN: String, status: CrossAccountStatus) {
        self.primaryARN = primaryARN
        self.status = status
    }
}

extension CrossAccountPrimary: JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("PrimarySecretARN", primaryARN)
        writer.member("ReplicationStatus", status.rawValue)
        writer.endObject()
    }
}

/// What a primary knows of its one replica in another account.
package struct CrossAccountReplica: Sendable, Equatable {
    package let replicaARN: String
    /// The role that the service takes on to replicate; nil for whoever changes the primary.
    package let roleARN: String?
    package var status: CrossAccountStatus

    package init(replicaARN: String, roleARN: String?, status: CrossAccountStatus) {
        self.replicaARN = replicaARN
        self.roleARN = roleARN
        self.status = status
    }
}

extension CrossAccountReplica: JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ReplicaSecretARN", replicaARN)
        writer.member("ReplicationRoleARN", roleARN)
        writer.member("ReplicationStatus", status.rawValue)
        writer.endObject()
    }
}
