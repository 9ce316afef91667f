internal import HTTPServer
internal import JSON
internal import Notation

/// The body of a control call: a JSON object.
enum ControlOrder {
    /// Why a call is refused.
    struct Refusal: Error {
        let status: Int
        let code: String
        let message: String
        /// For the log.
        let cause: String?

        init(
            _ message: String,
            status: Int = 400,
            code: String = "InvalidRequest",
            cause: String? = nil
        ) {
            self.status = status
            self.code = code
            self.message = message
            self.cause = cause
        }

        var answer: Answer { ControlAnswer.error(status, code, message, cause: cause) }
    }

    /// Reads the members of a body that must be JSON by its content type too: no page of another
    /// origin can send that unasked.
    static func members(of request: HTTPRequest) throws(Refusal) -> JSONObject {
        guard isJSON(request.headers["Content-Type"]) else {
            throw Refusal(
                "Send Content-Type: application/json.",
                status: 415,
                code: "UnsupportedMediaType"
            )
        }
        return try object(in: request.body)
    }

    /// The account that the one member of a body names, if it has it.
    static func account(
        _ name: String,
        in request: HTTPRequest
    ) throws(Refusal) -> String? {
        var account: String?
        for member in try members(of: request).members {
            guard member.name == name else {
                throw Refusal("There is the member \(name); the body has another.")
            }
            guard case .string(let text) = member.value, AccountID.isValid(text) else {
                throw Refusal("The member \(name) must be a string of twelve digits.")
            }
            account = text
        }
        return account
    }

    /// Reads the members of a body whatever its content type says.
    static func object(in body: [UInt8]) throws(Refusal) -> JSONObject {
        guard case .object(let object)? = try? JSONParser.parse(body) else {
            throw Refusal("The body must be a JSON object, as in {}.")
        }
        return object
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let essence = contentType.prefix { $0 != ";" }.filter { $0 != " " }
        return essence.lowercased() == "application/json"
    }
}
