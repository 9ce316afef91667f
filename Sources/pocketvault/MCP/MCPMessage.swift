internal import JSON

/// A message of JSON-RPC 2.0 that came from the client.
enum MCPMessage {
    /// Wants an answer.
    case request(id: JSONValue, method: String, parameters: JSONObject)
    case notification(method: String, parameters: JSONObject)
    /// An answer to something that was never asked.
    case answer
    /// None of them; the id is `null` when there is none to be read.
    case invalid(id: JSONValue)

    init(_ value: JSONValue) {
        guard case .object(let object) = value, object.text("jsonrpc") == "2.0" else {
            self = .invalid(id: .null)
            return
        }
        let id = object["id"]
        guard let method = object.text("method") else {
            let isAnswer = object["result"] != nil || object["error"] != nil
            self = isAnswer ? .answer : .invalid(id: id.flatMap(MCPMessage.checked) ?? .null)
            return
        }
        let parameters: JSONObject
        switch object["params"] {
        case nil: parameters = JSONObject([])
        case .object(let members)?: parameters = members
        default:
            self = .invalid(id: id.flatMap(MCPMessage.checked) ?? .null)
            return
        }
        guard let id else {
            self = .notification(method: method, parameters: parameters)
            return
        }
        guard let id = MCPMessage.checked(id) else {
            self = .invalid(id: .null)
            return
        }
        self = .request(id: id, method: method, parameters: parameters)
    }

    /// Ids are strings and whole numbers.
    private static func checked(_ id: JSONValue) -> JSONValue? {
        switch id {
        case .string: id
        case .number(let number): number.int64 == nil ? nil : id
        default: nil
        }
    }
}

/// Why a request has no result, by the codes of JSON-RPC.
struct MCPError: Error {
    let code: Int64
    let message: String
    var data: JSONObject?

    static let unparsable = MCPError(code: -32_700, message: "This is not a line of JSON.")
    static let invalidRequest = MCPError(
        code: -32_600,
        message: "This is not a request of JSON-RPC 2.0."
    )

    static func unknownMethod(_ method: String) -> MCPError {
        MCPError(code: -32_601, message: "There is no method \(method).")
    }

    /// Of a revision that is not spoken.
    static func unsupportedRevision(_ revision: String) -> MCPError {
        let supported = MCPRevision.all.map(JSONValue.string)
        return MCPError(
            code: -32_022,
            message: "The revision \(revision) is not spoken here.",
            data: JSONObject([
                ("supported", .array(supported)), ("requested", .string(revision)),
            ])
        )
    }

    static func invalidParameters(_ message: String) -> MCPError {
        MCPError(code: -32_602, message: message)
    }
}

/// Answers, as lines that go out.
enum MCPAnswer {
    static func success(_ id: JSONValue, _ result: JSONObject) -> JSONValue {
        .object(
            JSONObject([
                ("jsonrpc", .string("2.0")), ("id", id), ("result", .object(result)),
            ])
        )
    }

    static func failure(_ id: JSONValue, _ error: MCPError) -> JSONValue {
        let data = error.data.map { [(name: "data", value: JSONValue.object($0))] } ?? []
        let members = JSONObject(
            [("code", .number(JSONNumber(error.code))), ("message", .string(error.message))] + data
        )
        return .object(
            JSONObject([
                ("jsonrpc", .string("2.0")), ("id", id), ("error", .object(members)),
            ])
        )
    }
}
