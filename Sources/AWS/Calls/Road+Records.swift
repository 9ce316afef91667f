internal import Notation

/// What the audit trail keeps of calls.
extension Road {
    func record<O: Operation>(
        of _: O.Type,
        _ outcome: Outcome<O.Response>,
        _ caller: Caller,
        _ members: Members,
        responseElements: String? = nil
    ) -> AuditRecord {
        AuditRecord(
            of: O.API.Card.eventSource,
            O.action.rawValue,
            at: outcome.time,
            by: caller,
            members,
            resourceARN: outcome.resource?.arn,
            responseElements: responseElements,
            madeCalls: outcome.madeCalls,
            error: outcome.error,
            decision: outcome.refusals,
            fault: outcome.fault?.id,
            isReadOnly: O.isReadOnly
        )
    }

    /// Of a call that an operation made in the caller's name, which only read.
    ///
    /// The caller's key is that of the call that it was made for, and not of this one.
    func record(of call: DependentCall, at time: Timestamp, _ caller: Caller) -> AuditRecord {
        AuditRecord(
            of: call.eventSource,
            call.eventName,
            at: time,
            by: caller,
            call.members,
            invokedBy: call.invokedBy,
            requestID: call.requestID,
            resourceARN: call.resource?.arn,
            madeCalls: call.madeCalls,
            error: call.error,
            decision: call.refusals,
            isReadOnly: true
        )
    }
}

extension Vault {
    /// Queues the record of a read, for both accounts if the resource is another one's.
    func append(_ record: AuditRecord, sharedWith resource: RecordedResource?) {
        append(record)
        if let copy = record.copy(for: resource) { append(copy) }
    }
}

extension VaultWriting {
    /// Appends the record of a change, for both accounts if the resource is another one's.
    func append(
        _ record: AuditRecord,
        sharedWith resource: RecordedResource?
    ) throws(APIError) {
        try append(record)
        if let copy = record.copy(for: resource) { try append(copy) }
    }
}

extension AuditRecord {
    /// Of what a caller asked for.
    fileprivate convenience init(
        of eventSource: String,
        _ eventName: String,
        at time: Timestamp,
        by caller: Caller,
        _ members: Members,
        invokedBy: String? = nil,
        requestID: String? = nil,
        resourceARN: String?,
        responseElements: String? = nil,
        madeCalls: String?,
        error: APIError?,
        decision: String?,
        fault: String? = nil,
        isReadOnly: Bool
    ) {
        self.init(
            time: time,
            requestID: requestID ?? caller.requestID,
            eventSource: eventSource,
            eventName: eventName,
            scope: caller.scope,
            principalARN: caller.principal.arn,
            principalID: caller.principal.uniqueID,
            accessKeyID: invokedBy == nil ? caller.accessKeyID : nil,
            sessionStartedAt: caller.principal.session?.startedAt,
            invokedBy: invokedBy,
            sourceAddress: caller.sourceAddress,
            userAgent: caller.userAgent,
            resourceARN: resourceARN,
            requestParameters: members.requestParameters,
            responseElements: responseElements,
            madeCalls: madeCalls,
            errorCode: error?.code.rawValue,
            errorMessage: error?.message,
            decision: decision,
            fault: fault,
            isReadOnly: isReadOnly
        )
    }

    /// The same call in the trail of another account that owns the resource.
    fileprivate func copy(for resource: RecordedResource?) -> AuditRecord? {
        guard let resource, resource.scope.account != scope.account else { return nil }
        return copy(in: resource.scope)
    }
}
