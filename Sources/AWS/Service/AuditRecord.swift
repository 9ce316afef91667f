/// One call, as CloudTrail would record it; holds no secret value.
///
/// [CloudTrail record contents](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html)
package struct AuditRecord: Sendable, Equatable {
    package let time: Timestamp
    package let requestID: String
    /// As in `secretsmanager.amazonaws.com`.
    package let eventSource: String
    /// The operation's name.
    package let eventName: String
    package let scope: Scope
    package let principalARN: String
    /// The unique id of a user, or of a role and its session; nil for the root of an account.
    package let principalID: String?
    package let accessKeyID: String?
    package let sourceAddress: String
    package let userAgent: String?
    /// The ARN of the secret that the call was about, when there is one.
    package let secretARN: String?
    /// JSON, nil when there is nothing to show.
    ///
    /// Members that hold secrets are left out altogether.
    package let requestParameters: String?
    package let errorCode: String?
    package let errorMessage: String?
    /// What policies have against the call, and which statement decided or came nearest; nil when
    /// nobody asked or nothing was against it.
    package let decision: String?
    package let isReadOnly: Bool

    /// The operation as policies name it, as in `secretsmanager:GetSecretValue`.
    package var action: String { "\(eventSource.prefix { $0 != "." }):\(eventName)" }

    package init(
        time: Timestamp,
        requestID: String,
        eventSource: String,
        eventName: String,
        scope: Scope,
        principalARN: String,
        principalID: String? = nil,
        accessKeyID: String?,
        sourceAddress: String,
        userAgent: String?,
        secretARN: String?,
        requestParameters: String?,
        errorCode: String?,
        errorMessage: String?,
        decision: String? = nil,
        isReadOnly: Bool
    ) {
        self.time = time
        self.requestID = requestID
        self.eventSource = eventSource
        self.eventName = eventName
        self.scope = scope
        self.principalARN = principalARN
        self.principalID = principalID
        self.accessKeyID = accessKeyID
        self.sourceAddress = sourceAddress
        self.userAgent = userAgent
        self.secretARN = secretARN
        self.requestParameters = requestParameters
        self.errorCode = errorCode
        self.errorMessage = errorMessage
        self.decision = decision
        self.isReadOnly = isReadOnly
    }
}
