internal import AWS
internal import HTTPServer
internal import JSON

/// The answers of the agent: plain texts of its own, and JSON for what Secrets Manager says.
enum AgentAnswer {
    /// A word of the agent's own.
    static func text(_ status: Int, _ text: String) -> Answer {
        let response = HTTPResponse(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: Array(text.utf8)
        )
        return Answer(response, operation: "Agent", errorCode: status < 400 ? nil : text)
    }

    /// A secret.
    static func value(_ value: AgentValue, about secretID: String) -> Answer {
        Answer(json(200, value.body), operation: "Agent", subject: secretID)
    }

    /// What Secrets Manager refused with.
    static func error(_ error: APIError, about secretID: String) -> Answer {
        refusal(
            error.code.status,
            error.code.rawValue,
            error.message,
            about: secretID,
            cause: error.cause
        )
    }

    /// An error in the form of AWS JSON; without a sentence it is the agent's own failure.
    static func refusal(
        _ status: Int,
        _ code: String,
        _ message: String?,
        about secretID: String,
        cause: String? = nil
    ) -> Answer {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.name("__type")
        writer.string(message == nil ? "InternalFailure" : code)
        if let message {
            writer.name("message")
            writer.string(message)
        }
        writer.endObject()
        return Answer(
            json(status, writer.bytes),
            operation: "Agent",
            subject: secretID,
            errorCode: code,
            cause: cause
        )
    }

    private static func json(_ status: Int, _ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body: body
        )
    }
}
