package import JSON
internal import Notation

/// How a replica is doing.
///
/// [ReplicationStatusType](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html)
struct ReplicationStatus: Sendable, JSONWritable {
    enum Status: String, Sendable {
        case failed = "Failed"
        case inProgress = "InProgress"
        case inSync = "InSync"
    }

    let region: String
    let kmsKeyID: String
    let status: Status
    let message: String?
    let lastAccessedAt: Timestamp?

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("KmsKeyId", kmsKeyID.isEmpty ? KeyAlias.ofSecretsManager : kmsKeyID)
        writer.member("LastAccessedDate", lastAccessedAt)
        writer.member("Region", region)
        writer.member("Status", status.rawValue)
        writer.member("StatusMessage", message)
        writer.endObject()
    }
}

extension ReplicationStatus {
    /// How the replicas of a primary are doing, by region.
    ///
    /// Copies are made in the transaction of the call that asks for them; AWS takes seconds. So the
    /// answer of that call says that it is in progress, and every later one that it is done.
    ///
    /// - Parameters:
    ///   - primary: the secret that they are copies of.
    ///   - regions: those that are told as in progress: this very call asked for them.
    ///   - vault: where they are.
    /// - Returns: an entry for each replica, those that failed too.
    /// - Throws: InternalServiceError.
    static func all(
        of primary: Secret,
        justBegunIn regions: [String] = [],
        in vault: any VaultReading
    ) throws(APIError) -> [ReplicationStatus] {
        var list: [ReplicationStatus] = []
        for replica in try vault.replicas(of: primary) {
            let copy = try primary.copy(in: replica.region, vault)
            let isNew = regions.contains(replica.region)
            let (status, message): (Status, String?) =
                isNew ? (.inProgress, nil) : told(replica.state)
            list.append(
                ReplicationStatus(
                    region: replica.region,
                    kmsKeyID: copy?.kmsKeyID ?? replica.kmsKeyID,
                    status: status,
                    message: message,
                    lastAccessedAt: copy?.lastAccessedAt
                )
            )
        }
        return list
    }

    private static func told(_ state: Replica.State) -> (status: Status, message: String?) {
        switch state {
        case .inSync: (.inSync, "Replication succeeded")
        case .behind: (.inProgress, nil)
        case .failed(let reason): (.failed, reason)
        }
    }
}

/// The answer of the operations that change the replicas of a secret.
package struct ReplicationAnswer: Sendable, JSONWritable {
    let arn: SecretARN
    let status: [ReplicationStatus]

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ARN", arn.text)
        writer.member("ReplicationStatus", status)
        writer.endObject()
    }
}
