package import JSON

/// From the name of an operation of KMS to the operation, and its answer as bytes.
package enum KMSTable {
    /// Calls the operation that `action` names.
    package static func call(
        _ action: KMSAction,
        _ body: JSONObject,
        by caller: Caller,
        _ service: Service,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) {
        switch action {
        case .cancelKeyDeletion: call(CancelKeyDeletion.self, body, caller, service, reply)
        case .createAlias: call(CreateAlias.self, body, caller, service, reply)
        case .createKey: call(CreateKey.self, body, caller, service, reply)
        case .deleteAlias: call(DeleteAlias.self, body, caller, service, reply)
        case .describeKey: call(DescribeKey.self, body, caller, service, reply)
        case .disableKey: call(DisableKey.self, body, caller, service, reply)
        case .disableKeyRotation: call(DisableKeyRotation.self, body, caller, service, reply)
        case .enableKey: call(EnableKey.self, body, caller, service, reply)
        case .enableKeyRotation: call(EnableKeyRotation.self, body, caller, service, reply)
        case .getKeyPolicy: call(GetKeyPolicy.self, body, caller, service, reply)
        case .getKeyRotationStatus: call(GetKeyRotationStatus.self, body, caller, service, reply)
        case .listAliases: call(ListAliases.self, body, caller, service, reply)
        case .listKeyPolicies: call(ListKeyPolicies.self, body, caller, service, reply)
        case .listKeys: call(ListKeys.self, body, caller, service, reply)
        case .listResourceTags: call(ListResourceTags.self, body, caller, service, reply)
        case .putKeyPolicy: call(PutKeyPolicy.self, body, caller, service, reply)
        case .scheduleKeyDeletion: call(ScheduleKeyDeletion.self, body, caller, service, reply)
        case .tagResource: call(TagKMSKey.self, body, caller, service, reply)
        case .untagResource: call(UntagKMSKey.self, body, caller, service, reply)
        case .updateAlias: call(UpdateAlias.self, body, caller, service, reply)
        case .updateKeyDescription: call(UpdateKeyDescription.self, body, caller, service, reply)
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
