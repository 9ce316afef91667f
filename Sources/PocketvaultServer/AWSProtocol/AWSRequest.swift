internal import AWS
internal import HTTPServer
internal import JSON

/// A call in the protocol AWS JSON 1.1: which operation, and its members.
struct AWSRequest: Sendable {
    let operation: JSONOperation
    let body: JSONObject

    /// Reads the body before the target, as AWS does: of two faults the body's is told.
    init(_ request: HTTPRequest) throws(APIError) {
        body = try AWSRequest.object(in: request.body)
        operation = try AWSRequest.operation(of: request.headers["X-Amz-Target"])
    }

    /// By target: the service's name, Secrets Manager's without its version unlike most of AWS, and
    /// the operation's.
    private static let operations: [String: JSONOperation] = {
        let secretsManager = Action.allCases.map { action in
            ("secretsmanager.\(action.rawValue)", JSONOperation.secretsManager(action))
        }
        let cloudTrail = CloudTrailAction.allCases.map { action in
            ("\(CloudTrailAction.targetPrefix).\(action.rawValue)", .cloudTrail(action))
                as (String, JSONOperation)
        }
        let keyManagement = KMSAction.allCases.map { action in
            ("\(KMSAction.targetPrefix).\(action.rawValue)", .keyManagement(action))
                as (String, JSONOperation)
        }
        return Dictionary(uniqueKeysWithValues: secretsManager + cloudTrail + keyManagement)
    }()

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

    private static func operation(of target: String?) throws(APIError) -> JSONOperation {
        guard let target, let operation = operations[target] else { throw .unknownOperation }
        return operation
    }
}

/// An operation of one of the services that speak AWS JSON 1.1.
enum JSONOperation: Sendable {
    case secretsManager(Action)
    case cloudTrail(CloudTrailAction)
    case keyManagement(KMSAction)

    /// As AWS names it.
    var name: String {
        switch self {
        case .secretsManager(let action): action.rawValue
        case .cloudTrail(let action): action.rawValue
        case .keyManagement(let action): action.rawValue
        }
    }

    /// What signatures for its service are scoped to.
    var signingName: String {
        switch self {
        case .secretsManager: "secretsmanager"
        case .cloudTrail: "cloudtrail"
        case .keyManagement: "kms"
        }
    }

    /// Where the sentence of an error stands: the models of the services differ in one letter.
    func messageMember(of code: APIError.Code) -> String {
        if case .keyManagement = self, code != .accessDenied { return "message" }
        return code.messageMember
    }
}
