package import Invocation

/// Carries requests to a server and answers back.
package protocol Transport: Sendable {
    /// The server, as it stands in the header `Host` and in remarks.
    var authority: String { get }
    /// Whether AWS itself is at the other end.
    var isAWS: Bool { get }

    /// Sends a request and waits for the end of the answer.
    ///
    /// - Parameters:
    ///   - request: with all header fields but those that frame its body.
    ///   - cancellation: by whom it can be given up.
    ///   - receive: takes the body piece by piece, with the head that came before it; false ends
    ///     the call.
    /// - Returns: the head of the answer.
    /// - Throws: `unreachable`, `failed` or `cancelled`.
    func send(
        _ request: ClientRequest,
        until cancellation: Cancellation,
        receiving receive: @escaping (HTTPAnswer, [UInt8]) -> Bool
    ) throws(ClientError) -> HTTPAnswer
}

extension Transport {
    package var isAWS: Bool { false }

    /// Sends a request and waits for the whole answer.
    package func send(_ request: ClientRequest) throws(ClientError) -> HTTPAnswer {
        var body: [UInt8] = []
        var isTooLong = false
        let head = try send(request, until: Cancellation()) { _, bytes in
            body += bytes
            isTooLong = body.count > greatestBody
            return !isTooLong
        }
        if isTooLong { throw .failed(address: authority, reason: "its answer has no end") }
        return HTTPAnswer(status: head.status, fields: head.fields, body: body)
    }
}

/// Longer answers are nobody's: a page of the trail has a few MiB.
private let greatestBody = 256 << 20

/// The transports that there are for an address.
package enum Transports {
    /// Sockets of our own for http, libcurl for https.
    ///
    /// - Parameters:
    ///   - endpoint: where to.
    ///   - certificateFile: the certificates to trust in place of the system's.
    /// - Returns: the transport for it; nobody is called yet.
    package static func to(
        _ endpoint: Endpoint,
        trusting certificateFile: String? = nil
    ) -> any Transport {
        endpoint.isEncrypted
            ? CurlTransport(to: endpoint, trusting: certificateFile)
            : SocketTransport(to: endpoint)
    }
}
