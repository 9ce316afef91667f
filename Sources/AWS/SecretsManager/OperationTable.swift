package import JSON

/// From the name of an operation to the operation, and its answer as bytes.
///
/// The switch is exhaustive, so the compiler proves that none is forgotten. It stands here and not
/// beside the protocol so that the compiler makes each operation's own copy of the generic road.
package enum OperationTable {
    /// Calls the operation that `action` names.
    package static func call(
        _ action: Action,
        _ body: JSONObject,
        by caller: Caller,
        _ service: Service,
        then reply: @escaping @Sendable (OperationResult) -> Void
    ) {
        switch action {
        case .associateCrossAccountReplica:
            call(AssociateCrossAccountReplica.self, body, caller, service, reply)
        case .disassociateCrossAccountReplica:
            call(DisassociateCrossAccountReplica.self, body, caller, service, reply)
        case .batchGetSecretValue: call(BatchGetSecretValue.self, body, caller, service, reply)
        case .cancelRotateSecret: call(CancelRotateSecret.self, body, caller, service, reply)
        case .createSecret: call(CreateSecret.self, body, caller, service, reply)
        case .deleteResourcePolicy: call(DeleteResourcePolicy.self, body, caller, service, reply)
        case .deleteSecret: call(DeleteSecret.self, body, caller, service, reply)
        case .describeSecret: call(DescribeSecret.self, body, caller, service, reply)
        case .getRandomPassword: call(GetRandomPassword.self, body, caller, service, reply)
        case .getResourcePolicy: call(GetResourcePolicy.self, body, caller, service, reply)
        case .getSecretValue: call(GetSecretValue.self, body, caller, service, reply)
        case .listResourcePolicies: call(ListResourcePolicies.self, body, caller, service, reply)
        case .listSecretVersionIDs: call(ListSecretVersionIDs.self, body, caller, service, reply)
        case .listSecrets: call(ListSecrets.self, body, caller, service, reply)
        case .putResourcePolicy: call(PutResourcePolicy.self, body, caller, service, reply)
        case .putSecretValue: call(PutSecretValue.self, body, caller, service, reply)
        case .removeRegionsFromReplication:
            call(RemoveRegionsFromReplication.self, body, caller, service, reply)
        case .replicateSecretToRegions:
            call(ReplicateSecretToRegions.self, body, caller, service, reply)
        case .restoreSecret: call(RestoreSecret.self, body, caller, service, reply)
        case .rotateSecret: call(RotateSecret.self, body, caller, service, reply)
        case .stopReplicationToReplica:
            call(StopReplicationToReplica.self, body, caller, service, reply)
        case .tagResource: call(TagResource.self, body, caller, service, reply)
        case .untagResource: call(UntagResource.self, body, caller, service, reply)
        case .updateSecret: call(UpdateSecret.self, body, caller, service, reply)
        case .updateSecretVersionStage:
            call(UpdateSecretVersionStage.self, body, caller, service, reply)
        case .validateResourcePolicy:
            call(ValidateResourcePolicy.self, body, caller, service, reply)
        }
    }

    private static func call<O: ReadOperation>(
        _ operation: O.Type,
        _ body: JSONObject,
        _ caller: Caller,
        _ service: Service,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) where O.Response: JSONWritable {
        service.call(operation, body, by: caller) { reply(OperationResult($0)) }
    }

    private static func call<O: WriteOperation>(
        _ operation: O.Type,
        _ body: JSONObject,
        _ caller: Caller,
        _ service: Service,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) where O.Response: JSONWritable {
        service.call(operation, body, by: caller) { reply(OperationResult($0)) }
    }
}

/// What came of an operation, whichever it was: the bytes of its answer or its error.
package struct OperationResult: Sendable {
    /// The bytes are empty for an operation that answers nothing.
    package let result: Result<[UInt8], APIError>
    /// The secret's name, or its SecretId as sent.
    package let subject: String?

    init<Response: JSONWritable>(_ outcome: Outcome<Response>) {
        subject = outcome.subject
        switch outcome.result {
        case .success(let response):
            var writer = JSONWriter(capacity: 512)
            response.write(to: &writer)
            result = .success(writer.bytes)
        case .failure(let error): result = .failure(error)
        }
    }
}
