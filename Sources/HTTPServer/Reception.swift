/// One request while it is received, from its first line to the last byte of its answer.
///
/// Belongs to the connection: libmicrohttpd holds the only reference and calls for a connection
/// from one thread, so nothing here is locked. What other threads reach is `PendingAnswer`.
final class Reception {
    let target: RequestTarget
    /// What it comes by; nil when the library keeps nothing of it.
    let connection: OpenConnection?
    /// The head was read and judged.
    private(set) var hasHead = false
    private var method = "-"
    private var headers = HTTPHeaders()
    private var body: [UInt8] = []
    /// What is answered instead of what a handler would say: at once, or when the body has been read and
    /// dropped.
    private(set) var refusal: HTTPResponse?
    private var receivedBytes = 0
    /// What the head has taken of the memory that the answer comes out of.
    private(set) var headMemory = 0

    /// Whether it counts among the requests in flight.
    var isInFlight = false
    /// Whether its answer has no body.
    var isHEAD: Bool { method == "HEAD" }
    /// Whether its body comes in chunks.
    var isChunked: Bool { headers["transfer-encoding"] != nil }
    /// Whether it comes by TLS.
    var isEncrypted: Bool { connection?.isEncrypted == true }
    /// The answer that a handler was asked for.
    private(set) var pending: PendingAnswer?

    init(target: RequestTarget, connection: OpenConnection?) {
        self.target = target
        self.connection = connection
        connection?.reception = self
    }

    /// The head is there, good or not.
    func note(_ head: RequestHead) {
        method = head.method
        headMemory = head.memoryBytes
    }

    /// The head is good: a body of so many bytes may come.
    func accept(_ head: RequestHead, bodyBytes: Int) {
        hasHead = true
        headers = head.headers
        if bodyBytes > 0 { body.reserveCapacity(bodyBytes) }
    }

    /// The body is dropped and the answer will be a refusal.
    func refuse(_ response: HTTPResponse) {
        hasHead = true
        refusal = response
        body = []
    }

    /// The answer is a refusal, and no body is read.
    func refuseAtOnce(_ response: HTTPResponse) {
        refusal = response
    }

    /// Takes a piece of the body; false when there is more than is even dropped.
    func receive(_ bytes: UnsafeRawBufferPointer, by rules: RequestRules) -> Bool {
        receivedBytes += bytes.count
        let greatest = rules.limits.bodyBytes(for: target.path)
        guard receivedBytes <= max(rules.limits.drainedBytes, greatest) else { return false }
        if refusal == nil {
            if receivedBytes <= greatest {
                body.append(contentsOf: bytes)
            } else {
                refuse(rules.bodyRefusal(for: target.path))
            }
        }
        return true
    }

    /// The request, whole.
    ///
    /// The body is handed on, it is not needed here any more.
    func request(from client: Peer) -> HTTPRequest {
        defer { body = [] }
        return HTTPRequest(
            method: method,
            path: target.path,
            query: target.query,
            headers: headers,
            body: body,
            client: client,
            isEncrypted: isEncrypted
        )
    }

    /// The request as one that is refused.
    func refused(_ response: HTTPResponse) -> RefusedRequest {
        RefusedRequest(method: method, path: target.path, response)
    }

    /// What a handler is about to be asked for.
    func expectAnswer(on connection: OpaquePointer) -> PendingAnswer {
        let answer = PendingAnswer(connection)
        pending = answer
        return answer
    }
}
