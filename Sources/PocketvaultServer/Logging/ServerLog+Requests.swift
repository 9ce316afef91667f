internal import HTTPServer

extension ServerLog {
    /// One line for a request that no surface got.
    func write(_ refused: RefusedRequest) {
        write(
            LoggedRequest(
                id: RequestID.make(),
                method: refused.method,
                path: refused.path,
                service: nil,
                operation: nil,
                subject: nil,
                status: refused.status,
                errorCode: nil,
                cause: refused.sentence,
                microseconds: 0
            ),
            at: SystemClock.now()
        )
    }

    /// Begins to measure a request, whichever surface answers it.
    ///
    /// - Parameters:
    ///   - request: that has just come.
    ///   - send: takes its answer to the client.
    /// - Returns: the request's id, and what its answer is to be given to: that writes the line.
    func expecting(
        answerTo request: HTTPRequest,
        _ send: @escaping @Sendable (HTTPResponse) -> Void
    ) -> (requestID: String, reply: Reply) {
        let requestID = RequestID.make()
        let start = SystemClock.monotonicMicroseconds()
        let reply: Reply = { answer in
            // Who listens to a stream is no call, and is not told of among them.
            guard answer.response.stream == nil else { return send(answer.response) }
            let entry = LoggedRequest(
                id: requestID,
                method: request.method,
                path: request.path,
                service: answer.service,
                operation: answer.operation,
                subject: answer.subject,
                status: answer.response.status,
                errorCode: answer.errorCode,
                cause: answer.cause,
                microseconds: SystemClock.monotonicMicroseconds() - start
            )
            write(entry, at: SystemClock.now())
            send(answer.response)
        }
        return (requestID, reply)
    }
}
