internal import HTTPServer
internal import JSON

/// The answers of the control surface: JSON, errors too.
enum ControlAnswer {
    /// A refusal: `{"error":"Code","message":"what to do instead"}`.
    static func error(
        _ status: Int,
        _ code: String,
        _ message: String,
        allow: String? = nil,
        cause: String? = nil
    ) -> Answer {
        let json = json(status, allow: allow) { writer in
            writer.name("error")
            writer.string(code)
            writer.name("message")
            writer.string(message)
        }
        return Answer(json, errorCode: code, cause: cause)
    }

    /// The answer to an order that leaves nothing to tell.
    static func done(_ operation: String) -> Answer {
        Answer(
            json(200) { writer in
                writer.name("status")
                writer.string("ok")
            },
            operation: operation
        )
    }

    /// The answer when the store failed; only the log tells how.
    static func storeFailed(cause: String?) -> Answer {
        error(
            500,
            "InternalServiceError",
            "Nothing was changed; the log says why.",
            cause: cause
        )
    }

    /// An object whose members `members` writes.
    static func json(
        _ status: Int,
        allow: String? = nil,
        _ members: (inout JSONWriter) -> Void
    ) -> HTTPResponse {
        var writer = JSONWriter()
        writer.beginObject()
        members(&writer)
        writer.endObject()
        var fields = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        if let allow { fields.append(("Allow", allow)) }
        return HTTPResponse(status: status, headers: fields, body: writer.bytes)
    }
}
