internal import HTTPServer

/// The answers of AWS's front door to what it cannot tell apart as a call of some service.
enum Unroutable {
    /// To a content type that no service speaks.
    static func unknownContentType(requestID: String) -> Answer {
        answer(404, "<UnknownOperationException/>\n", "UnknownOperationException", requestID)
    }

    /// To a method other than POST, signed for a service that is called by POST only.
    static func undeterminedOperation(requestID: String) -> Answer {
        let body = """
            <AccessDeniedException>
              <Message>Unable to determine service/operation name to be authorized</Message>
            </AccessDeniedException>

            """
        return answer(403, body, "AccessDeniedException", requestID)
    }

    /// To what is no call at all.
    static func noCall(requestID: String) -> Answer {
        let body = """
            <UnknownOperationException>
              <Message>No operation of AWS is called here by this method and path. Calls are POSTs; \
            for what a browser may open see /_pocketvault/health.</Message>
            </UnknownOperationException>

            """
        return answer(404, body, "UnknownOperationException", requestID)
    }

    private static func answer(
        _ status: Int,
        _ body: String,
        _ errorCode: String,
        _ requestID: String
    ) -> Answer {
        let headers = [("x-amzn-RequestId", requestID), ("Content-Type", "application/xml")]
        return Answer(
            HTTPResponse(status: status, headers: headers, body: Array(body.utf8)),
            errorCode: errorCode
        )
    }
}
