package import Notation

/// One call, as CloudTrail would record it; holds no secret value.
///
/// [CloudTrail record contents](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html)
///
/// An object: it goes from the listener's thread to the writer's, and a copy would count each of its
/// texts, there and back.
package final class AuditRecord: Sendable {
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
    /// When the session began that it was made in; nil for what is made in none.
    package let sessionStartedAt: Timestamp?
    /// The service that made the call in the caller's name; nil when the caller made it.
    package let invokedBy: String?
    package let sourceAddress: String
    package let userAgent: String?
    /// The ARN of what the call was about, when its service names that.
    package let resourceARN: String?
    /// JSON, nil when there is nothing to show.
    ///
    /// Members that hold secrets are left out altogether.
    package let requestParameters: String?
    /// What is kept of the answer: JSON, nil when nothing is, or when all there is to keep follows
    /// from the rest.
    package let responseElements: String?
    /// The calls to other services that it made in the caller's name and that have no records of
    /// their own: JSON, as its own service wrote it.
    package let madeCalls: String?
    package let errorCode: String?
    package let errorMessage: String?
    /// What policies have against the call, and which statement decided or came nearest; nil when
    /// nobody asked or nothing was against it.
    package let decision: String?
    /// The rule by which somebody had it go wrong; nil for what went as it does.
    package let fault: String?
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
        sessionStartedAt: Timestamp? = nil,
        invokedBy: String? = nil,
        sourceAddress: String,
        userAgent: String?,
        resourceARN: String?,
        requestParameters: String?,
        responseElements: String? = nil,
        madeCalls: String? = nil,
        errorCode: String?,
        errorMessage: String?,
        decision: String? = nil,
        fault: String? = nil,
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
        self.sessionStartedAt = sessionStartedAt
        self.invokedBy = invokedBy
        self.sourceAddress = sourceAddress
        self.userAgent = userAgent
        self.resourceARN = resourceARN
        self.requestParameters = requestParameters
        self.responseElements = responseElements
        self.madeCalls = madeCalls
        self.errorCode = errorCode
        self.errorMessage = errorMessage
        self.decision = decision
        self.fault = fault
        self.isReadOnly = isReadOnly
    }
}

extension AuditRecord {
    /// Whether the service did it on its own, and nobody called.
    package var isServiceEvent: Bool { principalARN == eventSource }

    /// The account of who called, which is not that of the trail when a resource is another
    /// account's.
    var callerAccount: String {
        guard let account = ARN(principalARN)?.account, !account.isEmpty else {
            return scope.account
        }
        return account
    }

    /// Whether the call is in the trails of two accounts: the caller's and the resource owner's.
    var isShared: Bool {
        guard !isServiceEvent, let arn = resourceARN.flatMap({ ARN($0) }) else { return false }
        return arn.account != callerAccount
    }

    /// The same with another request id, or in another trail, that of the account that owns the resource.
    func copy(requestID: String? = nil, in scope: Scope? = nil) -> AuditRecord {
        AuditRecord(
            time: time,
            requestID: requestID ?? self.requestID,
            eventSource: eventSource,
            eventName: eventName,
            scope: scope ?? self.scope,
            principalARN: principalARN,
            principalID: principalID,
            accessKeyID: accessKeyID,
            sessionStartedAt: sessionStartedAt,
            invokedBy: invokedBy,
            sourceAddress: sourceAddress,
            userAgent: userAgent,
            resourceARN: resourceARN,
            requestParameters: requestParameters,
            responseElements: responseElements,
            madeCalls: madeCalls,
            errorCode: errorCode,
            errorMessage: errorMessage,
            decision: decision,
            fault: fault,
            isReadOnly: isReadOnly
        )
    }
}

extension AuditRecord: Equatable {
    package static func == (one: AuditRecord, other: AuditRecord) -> Bool {
        one.texts == other.texts && one.time == other.time
            && one.sessionStartedAt == other.sessionStartedAt && one.isReadOnly == other.isReadOnly
    }

    private var texts: [String?] {
        var texts: [String?] = []
        forEachText { texts.append($0) }
        return texts
    }

    /// All that is text, in the order in which the trail keeps it.
    package func forEachText(_ body: (String?) -> Void) {
        body(requestID)
        body(eventSource)
        body(eventName)
        body(scope.account)
        body(scope.region)
        body(principalARN)
        body(principalID)
        body(accessKeyID)
        body(invokedBy)
        body(sourceAddress)
        body(userAgent)
        body(resourceARN)
        body(requestParameters)
        body(responseElements)
        body(madeCalls)
        body(errorCode)
        body(errorMessage)
        body(decision)
        body(fault)
    }
}
