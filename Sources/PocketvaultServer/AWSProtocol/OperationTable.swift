internal import AWS
internal import HTTPServer
internal import JSON

/// From the name of an operation to the operation.
///
/// The switch is exhaustive, so the compiler proves that none is forgotten.
struct OperationTable: Sendable {
    let service: Service

    func call(_ request: AWSRequest, by caller: Caller, _ reply: @escaping Reply) {
        let body = request.body
        switch request.action {
        case .batchGetSecretValue: call(BatchGetSecretValue.self, body, caller, reply)
        case .createSecret: call(CreateSecret.self, body, caller, reply)
        case .deleteSecret: call(DeleteSecret.self, body, caller, reply)
        case .describeSecret: call(DescribeSecret.self, body, caller, reply)
        case .getRandomPassword: call(GetRandomPassword.self, body, caller, reply)
        case .getSecretValue: call(GetSecretValue.self, body, caller, reply)
        case .listSecretVersionIDs: call(ListSecretVersionIDs.self, body, caller, reply)
        case .listSecrets: call(ListSecrets.self, body, caller, reply)
        case .putSecretValue: call(PutSecretValue.self, body, caller, reply)
        case .restoreSecret: call(RestoreSecret.self, body, caller, reply)
        case .tagResource: call(TagResource.self, body, caller, reply)
        case .untagResource: call(UntagResource.self, body, caller, reply)
        case .updateSecret: call(UpdateSecret.self, body, caller, reply)
        case .updateSecretVersionStage: call(UpdateSecretVersionStage.self, body, caller, reply)
        }
    }

    private func call<O: ReadOperation>(
        _ operation: O.Type,
        _ body: JSONObject,
        _ caller: Caller,
        _ reply: @escaping Reply
    ) where O.Response: JSONWritable {
        service.call(operation, body, by: caller) { outcome in
            reply(AWSJSON.answer(outcome, of: O.action, requestID: caller.requestID))
        }
    }

    private func call<O: WriteOperation>(
        _ operation: O.Type,
        _ body: JSONObject,
        _ caller: Caller,
        _ reply: @escaping Reply
    ) where O.Response: JSONWritable {
        service.call(operation, body, by: caller) { outcome in
            reply(AWSJSON.answer(outcome, of: O.action, requestID: caller.requestID))
        }
    }
}
