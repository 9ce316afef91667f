internal import HTTPServer

extension ServerLog {
    /// One line for a request that no surface got.
    func write(_ refused: RefusedRequest) {
        write(
            RequestID.make(),
            method: refused.method,
            path: refused.path,
            Answer(HTTPResponse(status: refused.status), cause: refused.sentence),
            microseconds: 0,
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
            write(
                requestID,
                method: request.method,
                path: request.path,
                answer,
                microseconds: SystemClock.monotonicMicroseconds() - start,
                at: SystemClock.now()
            )
            send(answer.response)
        }
        return (requestID, reply)
    }
}
