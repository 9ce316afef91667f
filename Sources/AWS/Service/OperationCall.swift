internal import JSON

/// A call of which only the operation is still to be chosen.
struct OperationCall {
    let body: JSONObject
    let caller: Caller
    let service: Service
    let reply: @Sendable (OperationResult) -> Void

    func run<O: ReadOperation>(_ operation: O.Type) where O.Response: JSONWritable {
        service.call(operation, body, by: caller) { [reply] in reply(OperationResult($0)) }
    }

    func run<O: WriteOperation>(_ operation: O.Type) where O.Response: JSONWritable {
        service.call(operation, body, by: caller) { [reply] in reply(OperationResult($0)) }
    }
}
