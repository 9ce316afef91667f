package import AWS
internal import Dispatch
package import JSON
internal import Threads

/// The answers of operations by their names, without a protocol around them.
extension Service {
    /// The JSON of the answer, which is there when this returns.
    package func answer(
        to action: Action,
        _ body: JSONObject,
        by caller: Caller
    ) throws(APIError) -> [UInt8] {
        switch action {
        case .batchGetSecretValue: try answer(to: BatchGetSecretValue.self, body, caller)
        case .createSecret: try answer(to: CreateSecret.self, body, caller)
        case .deleteSecret: try answer(to: DeleteSecret.self, body, caller)
        case .describeSecret: try answer(to: DescribeSecret.self, body, caller)
        case .getRandomPassword: try answer(to: GetRandomPassword.self, body, caller)
        case .getSecretValue: try answer(to: GetSecretValue.self, body, caller)
        case .listSecretVersionIDs: try answer(to: ListSecretVersionIDs.self, body, caller)
        case .listSecrets: try answer(to: ListSecrets.self, body, caller)
        case .putSecretValue: try answer(to: PutSecretValue.self, body, caller)
        case .restoreSecret: try answer(to: RestoreSecret.self, body, caller)
        case .tagResource: try answer(to: TagResource.self, body, caller)
        case .untagResource: try answer(to: UntagResource.self, body, caller)
        case .updateSecret: try answer(to: UpdateSecret.self, body, caller)
        case .updateSecretVersionStage: try answer(to: UpdateSecretVersionStage.self, body, caller)
        }
    }

    private func answer<O: ReadOperation>(
        to operation: O.Type,
        _ body: JSONObject,
        _ caller: Caller
    ) throws(APIError) -> [UInt8] where O.Response: JSONWritable {
        let pending = PendingAnswer<O.Response>()
        call(operation, body, by: caller) { pending.arrive($0) }
        return try pending.wait()
    }

    private func answer<O: WriteOperation>(
        to operation: O.Type,
        _ body: JSONObject,
        _ caller: Caller
    ) throws(APIError) -> [UInt8] where O.Response: JSONWritable {
        let pending = PendingAnswer<O.Response>()
        call(operation, body, by: caller) { pending.arrive($0) }
        return try pending.wait()
    }
}

/// An answer that comes on another thread.
private final class PendingAnswer<Response: JSONWritable & Sendable>: Sendable {
    private let result = Locked<Result<Response, APIError>?>(nil)
    private let arrived = DispatchSemaphore(value: 0)

    func arrive(_ outcome: Outcome<Response>) {
        result.withLock { $0 = outcome.result }
        arrived.signal()
    }

    func wait() throws(APIError) -> [UInt8] {
        arrived.wait()
        guard let response = try result.withLock({ $0 })?.get() else { return [] }
        var writer = JSONWriter()
        writer.value(response)
        return writer.bytes
    }
}
