package import JSON

/// Which type answers which operation of CloudTrail.
package enum CloudTrailTable {
    /// Runs an operation on the one road.
    package static func call(
        _ action: CloudTrailAction,
        _ body: JSONObject,
        by caller: Caller,
        _ service: Service,
        _ reply: @escaping @Sendable (OperationResult) -> Void
    ) {
        switch action {
        case .lookupEvents:
            service.call(LookupEvents.self, body, by: caller) { reply(OperationResult($0)) }
        }
    }
}
