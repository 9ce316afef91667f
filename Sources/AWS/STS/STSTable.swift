package import JSON

/// From the name of an operation of STS to the operation, and its answer as bytes.
package enum STSTable {
    /// Calls the operation that `action` names.
    package static func call(
        _ action: STSAction,
        _ body: JSONObject,
        by caller: Caller,
        _ service: Service,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) {
        let call = OperationCall(body: body, caller: caller, service: service, reply: reply)
        switch action {
        case .assumeRole: call.run(AssumeRole.self)
        case .getCallerIdentity: call.run(GetCallerIdentity.self)
        case .getSessionToken: call.run(GetSessionToken.self)
        }
    }
}
