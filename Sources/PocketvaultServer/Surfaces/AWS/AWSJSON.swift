internal import AWS
internal import HTTPServer
internal import JSON

/// Answers in the protocol AWS JSON 1.1.
enum AWSJSON {
    private static let contentType = "application/x-amz-json-1.1"

    /// The answer to a call that got as far as its operation.
    static func answer(
        _ outcome: OperationResult,
        of called: AWSOperation,
        requestID: String
    ) -> Answer {
        switch outcome.result {
        case .success(let body):
            return Answer(
                HTTPResponse(status: 200, headers: headers(requestID), body: body),
                operation: called.operation.name,
                subject: outcome.subject
            )
        case .failure(let error):
            var answer = answer(
                error,
                requestID: requestID,
                messageMember: called.card.messageMember(error.code)
            )
            answer.operation = called.operation.name
            answer.subject = outcome.subject
            return answer
        }
    }

    /// The answer to a call that the front end refuses, and the shape of every error.
    static func answer(
        _ error: APIError,
        requestID: String,
        messageMember: String? = nil
    ) -> Answer {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.name("__type")
        writer.string(error.code.rawValue)
        if let message = error.message {
            writer.name(messageMember ?? error.code.messageMember)
            writer.string(message)
        }
        writer.endObject()
        return Answer(
            HTTPResponse(
                status: error.code.status,
                headers: headers(requestID),
                body: writer.bytes
            ),
            errorCode: error.code.rawValue,
            cause: error.cause
        )
    }

    private static func headers(_ requestID: String) -> [(String, String)] {
        [("x-amzn-RequestId", requestID), ("Content-Type", contentType)]
    }
}
