internal import AWS
internal import HTTPServer
internal import JSON

/// A call in the protocol AWS JSON 1.1: which operation, and its members.
struct AWSRequest: Sendable {
    let action: Action
    let body: JSONObject

    /// Reads the body before the target, as AWS does: of two faults the body's is told.
    init(_ request: HTTPRequest) throws(APIError) {
        body = try AWSRequest.object(in: request.body)
        action = try AWSRequest.action(of: request.headers["X-Amz-Target"])
    }

    /// By target: the service's name, without its version unlike most of AWS, and the operation's.
    private static let actions = Dictionary(
        uniqueKeysWithValues: Action.allCases.map { ("secretsmanager.\($0.rawValue)", $0) }
    )

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

    private static func action(of target: String?) throws(APIError) -> Action {
        guard let target, let action = actions[target] else { throw .unknownOperation }
        return action
    }
}
