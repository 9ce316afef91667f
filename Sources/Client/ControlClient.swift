package import Invocation
package import JSON
internal import Notation

/// Calls the surface of a server beside AWS's: what is under `/_pocketvault`.
package struct ControlClient: Sendable {
    private let transport: any Transport
    private let identity: Identity
    private let now: @Sendable () -> Timestamp
    /// For how long an answer is waited for.
    package var timeoutSeconds = 10

    /// What clients of ours say they are; it is in the trail of every call.
    package static let userAgent = "pocketvault-cli"

    init(
        over transport: any Transport,
        as identity: Identity,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.transport = transport
        self.identity = identity
        self.now = now
    }

    /// The server, as remarks name it.
    package var authority: String { transport.authority }

    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// - Parameters:
    ///   - method: of HTTP.
    ///   - target: the path, with its query.
    ///   - body: JSON, or nil for none.
    /// - Returns: the answer.
    /// - Throws: why there is none.
    package func send(
        _ method: String,
        _ target: String,
        body: JSONValue? = nil
    ) throws(ClientError) -> HTTPAnswer {
        try transport.send(request(method, target, body))
    }

    /// The object that a call answers.
    ///
    /// - Parameters:
    ///   - method: of HTTP.
    ///   - target: the path, with its query.
    ///   - body: JSON, or nil for none.
    /// - Returns: the members of the answer, and its text.
    /// - Throws: `refused` with the surface's error, or why there is no answer.
    package func object(
        _ method: String,
        _ target: String,
        body: JSONValue? = nil
    ) throws(ClientError) -> (members: JSONObject, text: String) {
        let answer = try send(method, target, body: body)
        guard case .object(let object)? = try? JSONParser.parse(answer.body) else {
            throw .failed(address: authority, reason: "its answer makes no sense")
        }
        if answer.status == 200 { return (object, String(decoding: answer.body, as: UTF8.self)) }
        throw .refused(ServiceRefusal(control: object, status: answer.status))
    }

    /// Gives the bytes of an answer away as they come.
    ///
    /// - Parameters:
    ///   - target: the path, with its query.
    ///   - take: takes each piece.
    /// - Throws: what `take` throws, `refused`, or why there is no answer.
    package func download(_ target: String, _ take: @escaping ([UInt8]) throws -> Void) throws {
        var failure: (any Error)?
        try stream(try request("GET", target, nil), until: Cancellation()) { bytes in
            do {
                try take(bytes)
                return true
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
    }

    /// Listens to a stream of events until it ends, is cancelled, or `take` has enough.
    ///
    /// - Parameters:
    ///   - target: the path of the stream, with its query.
    ///   - lastEventID: after which event it goes on; nil to begin now.
    ///   - cancellation: by whom it can be given up.
    ///   - opened: called when the server has begun it: from then on nothing is missed.
    ///   - take: takes each event; false when it wants no more.
    /// - Throws: `refused`, why the server was not reached, or `cancelled`.
    package func events(
        _ target: String,
        after lastEventID: String? = nil,
        until cancellation: Cancellation,
        opened: @escaping () -> Void = {},
        _ take: @escaping (StreamEvent) -> Bool
    ) throws(ClientError) {
        var request = try request("GET", target, nil)
        request.fields.append((name: "Accept", value: "text/event-stream"))
        if let lastEventID { request.fields.append((name: "Last-Event-ID", value: lastEventID)) }
        request.timeoutSeconds = streamTimeoutSeconds
        var parser = EventParser()
        var isOpen = false
        try stream(request, until: cancellation) { bytes in
            if !isOpen { opened() }
            isOpen = true
            return parser.events(in: bytes).allSatisfy(take)
        }
    }

    private func stream(
        _ request: ClientRequest,
        until cancellation: Cancellation,
        _ take: @escaping ([UInt8]) -> Bool
    ) throws(ClientError) {
        var refusal: [UInt8] = []
        let head = try transport.send(request, until: cancellation) { head, bytes in
            if head.status == 200 { return take(bytes) }
            refusal += bytes
            return refusal.count < greatestRefusal
        }
        guard head.status == 200 else {
            var members = JSONObject([])
            if case .object(let object)? = try? JSONParser.parse(refusal) { members = object }
            throw .refused(ServiceRefusal(control: members, status: head.status))
        }
    }

    private func request(
        _ method: String,
        _ target: String,
        _ body: JSONValue?
    ) throws(ClientError) -> ClientRequest {
        var fields = [(name: "User-Agent", value: ControlClient.userAgent)]
        if body != nil { fields.append((name: "Content-Type", value: "application/json")) }
        var request = ClientRequest(
            method,
            target,
            host: authority,
            fields: fields,
            body: body?.jsonBytes() ?? []
        )
        request.timeoutSeconds = timeoutSeconds
        return request.signed(
            by: identity,
            for: AWSService.secretsManager.signingName,
            at: now()
        )
    }
}

private let greatestRefusal = 65_536
/// Longer than any server waits between two heartbeats.
private let streamTimeoutSeconds = 90

extension ServiceRefusal {
    /// Reads an error of the control surface.
    fileprivate init(control members: JSONObject, status: Int) {
        self.init(
            code: members.text("error") ?? "HTTP \(status)",
            message: members.text("message") ?? "the server answered \(status)",
            status: status
        )
        isControl = true
    }
}
