internal import JSON

/// What Secrets Manager did on its own, as CloudTrail records it.
///
/// [CloudTrail entries](https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html)
package struct ServiceEvent: Sendable, Equatable {
    /// The names that CloudTrail gives them.
    package enum Name: String, Sendable, CaseIterable {
        case startSecretVersionDelete = "StartSecretVersionDelete"
        case cancelSecretVersionDelete = "CancelSecretVersionDelete"
        case endSecretVersionDelete = "EndSecretVersionDelete"
        case secretVersionDeletion = "SecretVersionDeletion"
        case replicationStarted = "ReplicationStarted"
        case replicationSucceeded = "ReplicationSucceeded"
        case replicationFailed = "ReplicationFailed"
        case rotationStarted = "RotationStarted"
        case rotationSucceeded = "RotationSucceeded"
        case rotationFailed = "RotationFailed"
        case rotationAbandoned = "RotationAbandoned"
        case testRotationStarted = "TestRotationStarted"
        case testRotationSucceeded = "TestRotationSucceeded"
        case testRotationFailed = "TestRotationFailed"

        /// Whether it is about a rotation, whose version the record's request id tells.
        var isOfRotation: Bool {
            switch self {
            case .startSecretVersionDelete, .cancelSecretVersionDelete, .endSecretVersionDelete,
                .secretVersionDeletion, .replicationStarted, .replicationSucceeded,
                .replicationFailed:
                false
            case .rotationStarted, .rotationSucceeded, .rotationFailed, .rotationAbandoned,
                .testRotationStarted, .testRotationSucceeded, .testRotationFailed:
                true
            }
        }
    }

    package let name: Name
    package let time: Timestamp
    package let secretARN: SecretARN
    package let versionID: String?
    package let errorMessage: String?

    package init(
        _ name: Name,
        at time: Timestamp,
        of secretARN: SecretARN,
        versionID: String? = nil,
        errorMessage: String? = nil
    ) {
        self.name = name
        self.time = time
        self.secretARN = secretARN
        self.versionID = versionID
        self.errorMessage = errorMessage
    }

    /// Stands where the caller's ARN, address and agent stand in the record of a call.
    package static let servicePrincipal = "secretsmanager.amazonaws.com"

    /// The record of it; its parameters are what CloudTrail calls additional event data.
    package var auditRecord: AuditRecord {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("SecretId", secretARN.text)
        if !name.isOfRotation { writer.member("VersionId", versionID) }
        writer.endObject()
        let prefix = name.isOfRotation ? "Rotation" : name.rawValue
        return AuditRecord(
            time: time,
            requestID: "\(prefix)-\(secretARN.text)-\(versionID ?? "")",
            eventSource: ServiceEvent.servicePrincipal,
            eventName: name.rawValue,
            scope: secretARN.scope,
            principalARN: ServiceEvent.servicePrincipal,
            accessKeyID: nil,
            sourceAddress: ServiceEvent.servicePrincipal,
            userAgent: ServiceEvent.servicePrincipal,
            secretARN: secretARN.text,
            requestParameters: String(decoding: writer.bytes, as: UTF8.self),
            errorCode: nil,
            errorMessage: errorMessage,
            isReadOnly: false
        )
    }
}

extension VaultWriting {
    /// Records an event for each version of a secret.
    @discardableResult
    func record(
        _ name: ServiceEvent.Name,
        forVersionsOf secret: Secret,
        at now: Timestamp
    ) throws(APIError) -> [ServiceEvent] {
        let events = try versions(of: secret).map { version in
            ServiceEvent(name, at: now, of: secret.arn, versionID: version.id)
        }
        for event in events { try append(event.auditRecord) }
        return events
    }

    /// Deletes a secret for good.
    ///
    /// - Returns: the end of each of its versions, which is in the audit trail now.
    @discardableResult
    package func purge(_ secret: Secret, at now: Timestamp) throws(APIError) -> [ServiceEvent] {
        let events = try record(.endSecretVersionDelete, forVersionsOf: secret, at: now)
        try delete(secret)
        return events
    }
}
