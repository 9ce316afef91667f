package import JSON

/// A copy of a secret in another region, or the failed attempt to make one.
///
/// The copy itself is a secret of its own in that region, with the same name and suffix.
package struct Replica: Sendable, Equatable {
    package let region: String
    /// The key that it was asked for with; empty for the AWS managed key.
    package let kmsKeyID: String
    /// Why there is no copy; nil when there is one.
    package let failure: String?

    package init(region: String, kmsKeyID: String, failure: String?) {
        self.region = region
        self.kmsKeyID = kmsKeyID
        self.failure = failure
    }
}

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
        writer.member("KmsKeyId", kmsKeyID.isEmpty ? Secret.defaultKeyAlias : kmsKeyID)
        writer.member("LastAccessedDate", lastAccessedAt)
        writer.member("Region", region)
        writer.member("Status", status.rawValue)
        writer.member("StatusMessage", message)
        writer.endObject()
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
