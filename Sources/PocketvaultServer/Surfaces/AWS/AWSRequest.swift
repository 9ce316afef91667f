internal import AWS
internal import HTTPServer
internal import JSON

/// A call in the protocol AWS JSON 1.1: which operation, and its members.
struct AWSRequest: Sendable {
    let operation: AWSOperation
    let body: JSONObject

    /// Reads the body before the target, as AWS does: of two faults the body's is told.
    init(_ request: HTTPRequest) throws(APIError) {
        body = try AWSRequest.object(in: request.body)
        operation = try AWSRequest.operation(of: request.headers["X-Amz-Target"])
    }

    private static func object(in body: [UInt8]) throws(APIError) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONParser.parse(body)
        } catch {
            throw .unreadableBody
        }
        switch value {
        case .object(let object): return object
        case .array: throw .listInsteadOfBody
        default: throw .unreadableBody
        }
    }

    private static func operation(of target: String?) throws(APIError) -> AWSOperation {
        guard let target, let operation = AWSOperation.called(by: target) else {
            throw .unknownOperation
        }
        return operation
    }
}
