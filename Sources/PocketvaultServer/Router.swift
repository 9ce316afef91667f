internal import AWS
internal import HTTPServer

/// Sends each request to the surface that it is for, and logs what came of it.
struct Router: Sendable {
    let service: Service
    let control: ControlSurface
    let authenticator: Authenticator
    let scheduler: Scheduler
    let log: ServerLog

    /// Answers a request; `send` is called once, on this thread or another.
    func handle(
        _ request: HTTPRequest,
        _ send: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        let requestID = RequestID.make()
        let start = SystemClock.monotonicMicroseconds()
        route(request, requestID) { answer in
            let entry = LoggedRequest(
                id: requestID,
                method: request.method,
                path: request.path,
                operation: answer.operation,
                subject: answer.subject,
                status: answer.response.status,
                errorCode: answer.errorCode,
                cause: answer.cause,
                microseconds: SystemClock.monotonicMicroseconds() - start
            )
            log.write(entry, at: SystemClock.now())
            send(answer.response)
        }
    }

    private func route(_ request: HTTPRequest, _ requestID: String, _ reply: @escaping Reply) {
        if let route = control.route(for: request) {
            control.answer(request, to: route, requestID, reply)
        } else if request.method == "POST" {
            post(request, requestID, reply)
        } else {
            get(request, requestID, reply)
        }
    }

    private func post(_ request: HTTPRequest, _ requestID: String, _ reply: @escaping Reply) {
        switch MediaType(request.headers["Content-Type"]) {
        case .json: callJSON(request, requestID, reply)
        case .form where request.headers["X-Amz-Target"] == nil:
            let fields = FormFields(request.body)
            guard fields["Action"] != nil else {
                return reply(Unroutable.unknownContentType(requestID: requestID))
            }
            callQuery(request, fields, requestID, reply)
        case .form, .other: reply(Unroutable.unknownContentType(requestID: requestID))
        }
    }

    /// The order is AWS's: body, target, credentials, members.
    private func callJSON(_ request: HTTPRequest, _ requestID: String, _ reply: @escaping Reply) {
        do throws(APIError) {
            let call = try AWSRequest(request)
            let caller = try caller(request, of: call.operation, requestID)
            let answer: @Sendable (OperationResult) -> Void = { outcome in
                reply(AWSJSON.answer(outcome, of: call.operation, requestID: requestID))
            }
            switch call.operation {
            case .secretsManager(let action):
                OperationTable.call(action, call.body, by: caller, service) { outcome in
                    // A rotation has begun, or would not hurt to be looked for.
                    if action == .rotateSecret { scheduler.look() }
                    answer(outcome)
                }
            case .cloudTrail(let action):
                CloudTrailTable.call(action, call.body, by: caller, service, answer)
            case .keyManagement(let action):
                KMSTable.call(action, call.body, by: caller, service, answer)
            }
        } catch {
            reply(AWSJSON.answer(error, requestID: requestID))
        }
    }

    private func caller(
        _ request: HTTPRequest,
        of operation: JSONOperation,
        _ requestID: String
    ) throws(APIError) -> Caller {
        do {
            return try authenticator.caller(
                request,
                for: operation.signingName,
                requestID: requestID
            )
        } catch {
            throw error.jsonError
        }
    }

    private func callQuery(
        _ request: HTTPRequest,
        _ fields: FormFields,
        _ requestID: String,
        _ reply: @escaping Reply
    ) {
        guard let operation = QueryOperation(fields) else {
            let service = Authenticator.claimedService(of: request)
            return reply(QueryXML.unknownAction(fields, service: service, requestID: requestID))
        }
        do throws(SignatureFailure) {
            let caller = try authenticator.caller(
                request,
                for: operation.signingName,
                requestID: requestID
            )
            operation.call(FormTree.members(fields), by: caller, service) { result in
                reply(QueryXML.answer(result, of: operation, requestID: requestID))
            }
        } catch {
            reply(QueryXML.answer(error.queryError, of: operation, requestID: requestID))
        }
    }

    /// A query service also takes GET, which is what makes presigned URLs; a person who opens the
    /// address in a browser gets a line of help; all else is a call that AWS cannot make out.
    private func get(_ request: HTTPRequest, _ requestID: String, _ reply: @escaping Reply) {
        guard request.method == "GET" || request.method == "HEAD" else {
            return reply(Unroutable.undeterminedOperation(requestID: requestID))
        }
        let fields = FormFields((request.query ?? "").utf8)
        if fields["Action"] != nil {
            callQuery(request, fields, requestID, reply)
        } else if request.path == "/", request.headers["Authorization"] == nil,
            fields["X-Amz-Credential"] == nil
        {
            reply(Answer(Router.welcome))
        } else {
            reply(Unroutable.undeterminedOperation(requestID: requestID))
        }
    }

    private static let welcome = HTTPResponse(
        status: 200,
        headers: [("Content-Type", "text/plain; charset=utf-8")],
        body: Array(
            """
            Pocketvault \(Server.version) speaks AWS Secrets Manager here: \
            run eval "$(pocketvault env)", then aws secretsmanager list-secrets.

            """.utf8
        )
    )
}
