internal import JSON
package import Notation

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
        /// An event of EventBridge's own, which has it as `Secret Label Updated`; CloudTrail does not.
        case secretLabelUpdated = "SecretLabelUpdated"

        /// Whether it is about a rotation, whose version the record's request id tells.
        var isOfRotation: Bool {
            switch self {
            case .startSecretVersionDelete, .cancelSecretVersionDelete, .endSecretVersionDelete,
                .secretVersionDeletion, .replicationStarted, .replicationSucceeded,
                .replicationFailed, .secretLabelUpdated:
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
    /// The staging label that is on that version now, of an event about one.
    package let stagingLabel: String?
    /// The rule by which somebody had it go wrong.
    var fault: String?
    /// When the steps of the rotation that ends here were over, the one that failed among them.
    var steps: [Rotation.Step: Timestamp] = [:]

    package init(
        _ name: Name,
        at time: Timestamp,
        of secretARN: SecretARN,
        versionID: String? = nil,
        errorMessage: String? = nil,
        stagingLabel: String? = nil
    ) {
        self.name = name
        self.time = time
        self.secretARN = secretARN
        self.versionID = versionID
        self.errorMessage = errorMessage
        self.stagingLabel = stagingLabel
    }

    /// Stands where the caller's ARN, address and agent stand in the record of a call.
    package static let servicePrincipal = "secretsmanager.amazonaws.com"

    /// The record of it; its parameters are what CloudTrail calls additional event data.
    package var auditRecord: AuditRecord {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("SecretId", secretARN.text)
        if !name.isOfRotation { writer.member("VersionId", versionID) }
        writer.member("LabelUpdated", stagingLabel)
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
            resourceARN: secretARN.text,
            requestParameters: String(decoding: writer.bytes, as: UTF8.self),
            responseElements: StepTimes(steps).jsonText,
            errorCode: nil,
            errorMessage: errorMessage,
            fault: fault,
            isReadOnly: false
        )
    }
}

extension ServiceEvent {
    /// What happened to one version of a secret.
    init(
        _ name: Name,
        of secret: Secret,
        _ versionID: String,
        errorMessage: String? = nil,
        at time: Timestamp
    ) {
        self.init(
            name,
            at: time,
            of: secret.arn,
            versionID: versionID,
            errorMessage: errorMessage
        )
    }

    /// Puts it into the audit trail.
    @discardableResult
    func record(in vault: any VaultWriting) throws(APIError) -> ServiceEvent {
        try vault.append(auditRecord)
        return self
    }

    /// Records that labels moved to other versions: all but those that say where a version is on its
    /// way.
    ///
    /// [Events of Secrets Manager](https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html)
    static func record(
        movesFrom before: StagingLabels,
        to labels: StagingLabels,
        of secret: Secret,
        at time: Timestamp,
        in vault: any VaultWriting
    ) throws(APIError) {
        for place in labels.attachments {
            let former = before[place.label]
            guard former != nil, former != place.versionID,
                ![StagingLabels.pending, StagingLabels.previous].contains(place.label)
            else { continue }
            try ServiceEvent(
                .secretLabelUpdated,
                at: time,
                of: secret.arn,
                versionID: place.versionID,
                stagingLabel: place.label
            ).record(in: vault)
        }
    }

    /// Records an event for each version of a secret.
    @discardableResult
    static func record(
        _ name: Name,
        forVersionsOf secret: Secret,
        at time: Timestamp,
        in vault: any VaultWriting
    ) throws(APIError) -> [ServiceEvent] {
        let events = try vault.versions(of: secret).map { version in
            ServiceEvent(name, of: secret, version.id, at: time)
        }
        for event in events { try event.record(in: vault) }
        return events
    }
}
