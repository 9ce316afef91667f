/// What the service does by itself, as CloudTrail records it.
///
/// [Secrets Manager non-API events](https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring_how-cloudtrail-works.html)
package enum ServiceEvent: String, Sendable {
    case rotationStarted = "RotationStarted"
    case rotationSucceeded = "RotationSucceeded"
    case rotationFailed = "RotationFailed"
    case rotationAbandoned = "RotationAbandoned"
    case testRotationStarted = "TestRotationStarted"
    case testRotationSucceeded = "TestRotationSucceeded"
    case testRotationFailed = "TestRotationFailed"
}

extension AuditRecord {
    /// A record that no caller caused.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - secret: the secret that it happened to.
    ///   - versionID: the version that the rotation makes.
    ///   - message: what went wrong, if anything.
    ///   - time: when.
    package init(
        of event: ServiceEvent,
        _ secret: Secret,
        versionID: String,
        message: String? = nil,
        at time: Timestamp
    ) {
        self.init(
            time: time,
            requestID: "Rotation-\(secret.arn.text)-\(versionID)",
            eventSource: Action.eventSource,
            eventName: event.rawValue,
            scope: secret.arn.scope,
            principalARN: Action.eventSource,
            accessKeyID: nil,
            sourceAddress: Action.eventSource,
            userAgent: Action.eventSource,
            secretARN: secret.arn.text,
            requestParameters: nil,
            errorCode: nil,
            errorMessage: message,
            isReadOnly: false
        )
    }
}
