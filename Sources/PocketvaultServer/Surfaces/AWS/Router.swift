internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// The surface of the main port: sends each request to the control surface, the console or the
/// service that it is for, and logs what came of it.
///
/// An object, because what answers a request later holds it.
final class Router: Surface {
    private let road: Road
    private let control: ControlSurface
    private let console: ConsoleSurface
    let authenticator: Authenticator
    private let madeAccounts: MadeAccounts
    private let log: ServerLog

    init(to vault: OpenVault) {
        road = vault.road
        authenticator = Authenticator(of: vault)
        madeAccounts = vault.madeAccounts
        control = ControlSurface(of: vault, authenticator)
        console = ConsoleSurface(vault.configuration)
        log = vault.log
    }

    func handle(
        _ request: HTTPRequest,
        _ send: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        let (requestID, reply) = log.expecting(answerTo: request, send)
        route(request, requestID, reply)
    }

    private func route(_ request: HTTPRequest, _ requestID: String, _ reply: @escaping Reply) {
        if let answer = control.handler(for: request) {
            HeldAnswers.send()
            answer(request, reply)
        } else if let answer = console.answer(to: request) {
            reply(answer)
        } else if request.method == "POST" {
            post(request, requestID, reply)
        } else {
            get(request, requestID, reply)
        }
    }

    private func post(_ request: HTTPRequest, _ requestID: String, _ reply: @escaping Reply) {
        switch MediaType(of: request.headers) {
        case .json: callJSON(request, requestID, reply)
        case .form where request.headers["X-Amz-Target"] == nil:
            let fields = FormFields(request.body)
            guard fields["Action"] != nil else {
                return reply(Router.unknownContentType(of: request, requestID))
            }
            callQuery(request, fields, requestID, reply)
        case .form, .other: reply(Router.unknownContentType(of: request, requestID))
        }
    }

    private static func unknownContentType(of request: HTTPRequest, _ requestID: String) -> Answer {
        UnservedCall(request)?.answer(requestID: requestID)
            ?? Unroutable.unknownContentType(requestID: requestID)
    }

    /// The order is AWS's: body, target, credentials, members.
    private func callJSON(_ request: HTTPRequest, _ requestID: String, _ reply: @escaping Reply) {
        let call: AWSRequest
        do throws(APIError) {
            call = try AWSRequest(request)
        } catch {
            return reply(Router.answer(error, to: request, requestID))
        }
        do throws(APIError) {
            let caller = try caller(
                request,
                of: call.operation,
                requestID,
                refusedWith: \.jsonError
            )
            let operation = call.operation
            if !operation.operation.isCalledOften { HeldAnswers.send() }
            operation.operation.run(call.body, caller, road) { outcome in
                var answer = AWSJSON.answer(outcome, of: operation, requestID: requestID)
                self.hint(at: &answer, of: operation, for: caller)
                answer.breakOff(by: outcome.connection)
                reply(consume answer)
            }
        } catch {
            reply(AWSJSON.answer(error, requestID: requestID))
        }
    }

    /// What the log says besides to who works on their own machine: most secrets that are not found
    /// are in another region or account.
    private func hint(at answer: inout Answer, of called: AWSOperation, for caller: Caller) {
        guard answer.errorCode == APIError.Code.resourceNotFound.rawValue, answer.cause == nil,
            called.card.signingName == SecretsManager.signingName, let secretID = answer.subject
        else { return }
        // A hint that cannot be had is none.
        answer.cause = try? road.vault.reading { vault throws(APIError) in
            try Whereabouts(of: secretID, notIn: caller.scope, vault).sentence
        }
    }

    /// The answer to what is no call of an operation that is built.
    private static func answer(
        _ error: APIError,
        to request: HTTPRequest,
        _ requestID: String
    ) -> Answer {
        if let call = UnservedCall(request) { return call.answer(requestID: requestID) }
        var answer = AWSJSON.answer(error, requestID: requestID)
        if error == .unknownOperation, let target = request.headers["X-Amz-Target"] {
            answer.service = Authenticator.claimedService(of: request)
            answer.operation = UnservedCall.operation(ofTarget: target)
        }
        return answer
    }

    /// Who calls; `told` puts a refusal into the words of the operation's protocol.
    private func caller(
        _ request: HTTPRequest,
        of called: AWSOperation,
        _ requestID: String,
        refusedWith told: (SignatureFailure) -> APIError
    ) throws(APIError) -> Caller {
        do {
            let caller = try authenticator.caller(
                request,
                for: called.card.signingName,
                requestID: requestID
            )
            madeAccounts.noteUse(of: caller.scope.account)
            return caller
        } catch {
            throw told(error)
        }
    }

    private func callQuery(
        _ request: HTTPRequest,
        _ fields: FormFields,
        _ requestID: String,
        _ reply: @escaping Reply
    ) {
        guard let called = AWSOperation.called(by: fields) else {
            let service = Authenticator.claimedService(of: request)
            return reply(QueryXML.unknownAction(fields, service: service, requestID: requestID))
        }
        HeldAnswers.send()
        let caller: Caller
        let members: JSONObject
        do throws(APIError) {
            if called.operation.unsignedCaller == nil {
                caller = try self.caller(
                    request,
                    of: called,
                    requestID,
                    refusedWith: \.queryError
                )
                members = try FormTree.members(fields)
            } else {
                members = try FormTree.members(fields)
                caller = unsignedCaller(request, of: called, members, requestID)
            }
        } catch {
            return reply(QueryXML.answer(error, of: called, requestID: requestID))
        }
        called.operation.run(members, caller, road) { result in
            var answer = QueryXML.answer(result, of: called, requestID: requestID)
            answer.breakOff(by: result.connection)
            reply(answer)
        }
    }

    /// What nobody signs says by its members who calls.
    private func unsignedCaller(
        _ request: HTTPRequest,
        of called: AWSOperation,
        _ members: JSONObject,
        _ requestID: String
    ) -> Caller {
        authenticator.unsignedCaller(request, requestID: requestID) { scope in
            called.operation.unsignedCaller?(members, scope)
                ?? UnsignedCaller(scope: scope, principal: .root(of: scope))
        }
    }

    /// A query service also takes GET, which is what makes presigned URLs; a person who opens the
    /// address in a browser gets a line of help; all else is no call of a service that is served.
    private func get(_ request: HTTPRequest, _ requestID: String, _ reply: @escaping Reply) {
        guard request.method == "GET" || request.method == "HEAD" else {
            return reply(Router.undetermined(request, requestID))
        }
        let fields = FormFields((request.query ?? "").utf8)
        if fields["Action"] != nil {
            callQuery(request, fields, requestID, reply)
        } else if request.path == "/", request.headers["Authorization"] == nil,
            fields["X-Amz-Credential"] == nil
        {
            reply(Answer(Router.welcome))
        } else {
            reply(Router.undetermined(request, requestID))
        }
    }

    /// What AWS cannot make out, where it is signed for a service that is here.
    private static func undetermined(_ request: HTTPRequest, _ requestID: String) -> Answer {
        if let call = UnservedCall(request) { return call.answer(requestID: requestID) }
        return Authenticator.claimedService(of: request) == nil
            ? Unroutable.noCall(requestID: requestID)
            : Unroutable.undeterminedOperation(requestID: requestID)
    }

    private static let welcome = HTTPResponse(
        status: 200,
        headers: [("Content-Type", "text/plain; charset=utf-8")],
        body: Array(
            """
            Pocketvault \(Server.version) speaks AWS Secrets Manager here: \
            run eval "$(pocketvault env)", then aws secretsmanager list-secrets. \
            To look at the vault, open \(ConsoleSurface.path).

            """.utf8
        )
    )
}
